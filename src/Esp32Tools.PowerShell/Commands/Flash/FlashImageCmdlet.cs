using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>
/// A cmdlet that takes images and devices, either of them from the pipeline. All files are read before the first device
/// is connected.
/// </summary>
public abstract class FlashImageCmdlet : Esp32DeviceCmdlet
{
    private readonly List<ImageArgument> _piped = [];
    private bool _arePiped;

    /// <summary>
    /// The images: a table from address to file, addresses and files in turn, objects with an Address and a Path, or files
    /// that contain the addresses.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ImageTransformation]
    public ImageArgument[] Image { get; set; } = [];

    /// <summary>Gives one result for each board in place of one for each image, in the order of the boards.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>The images as read; the devices share them.</summary>
    private protected ImageSet Given { get; private set; } = new();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Summary)
        {
            Invocation.SumUp(SumUp);
        }

        _arePiped = !IsGiven(nameof(Image));
        if (!_arePiped)
        {
            Attempt(() => Read(Image));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_arePiped)
        {
            _piped.AddRange(Image);
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_arePiped)
        {
            Attempt(() => Read(_piped));
            base.ProcessRecord();
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected sealed override void ProcessDevice(Esp32Device device)
    {
        using var progress = new ActivityProgress(this, device.ToString());
        ProcessImages(device, Given.Images, progress);
    }

    private void Read(IEnumerable<ImageArgument> images)
    {
        Given = ImageFiles.Read(images, Paths);
        foreach (string warning in Given.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (string unused in Given.Lists.Select(list => list.Unused).OfType<string>())
        {
            WriteVerbose(unused);
        }
    }

    /// <summary>Makes one result of those for the images of a board.</summary>
    private protected abstract object SumUp(BoardOutcome board);

    /// <summary>Works with the images on one device.</summary>
    private protected abstract void ProcessImages(Esp32Device device, IReadOnlyList<FlashImage> images, ActivityProgress progress);
}
