using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Images;
using Esp32Tools.Images.Formats;
using Esp32Tools.Images.Merge;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Image;

/// <summary>Makes one file of many images: raw, Intel HEX or UF2.</summary>
[Cmdlet(VerbsData.Merge, "Esp32Image", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class MergeEsp32ImageCommand : Esp32Cmdlet
{
    private readonly List<ImageArgument> _images = [];

    /// <summary>
    /// The images: a table from address to file, addresses and files in turn, objects with an Address and a Path, or files
    /// that have the addresses in them.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ImageTransformation]
    public ImageArgument[] Image { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The chip that the images are for; may be left out where a file says it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChipCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Chip { get; set; }

    /// <summary>What to write.</summary>
    [Parameter]
    public MergeFormat Format { get; set; }

    /// <summary>Flash address that a raw file begins at.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TargetOffset { get; set; }

    /// <summary>Flash size that a raw file is filled up to with FF; 0 for no filling.</summary>
    [Parameter]
    [NumberTransformation]
    public uint PadToSize { get; set; }

    /// <summary>Flash mode for the bootloader's header, such as DIO; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlashModeCompleter))]
    [ValidateNotNullOrEmpty]
    public string FlashMode { get; set; } = FlashSettings.Keep;

    /// <summary>Flash frequency for the bootloader's header, such as 80m; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlashFrequencyCompleter))]
    [ValidateNotNullOrEmpty]
    public string FlashFrequency { get; set; } = FlashSettings.Keep;

    /// <summary>Flash size for the bootloader's header, such as 4MB; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlashCapacityCompleter))]
    [FlashSizeTransformation]
    [ValidateNotNullOrEmpty]
    public string FlashSize { get; set; } = FlashSettings.Keep;

    /// <summary>Bytes of data in a block of UF2; 0 for as many as fit.</summary>
    [Parameter]
    [Alias("ChunkSize")]
    [NumberTransformation]
    [ValidateRange(0, Uf2.MaxPayload)]
    public int PayloadSize { get; set; }

    /// <summary>Puts no MD5 into the blocks of UF2.</summary>
    [Parameter]
    public SwitchParameter NoMd5 { get; set; }

    /// <summary>Merges images that are damaged or for another chip as well.</summary>
    [Parameter]
    public SwitchParameter NoImageCheck { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _images.AddRange(Image);

    /// <inheritdoc/>
    protected override void EndProcessing() => Attempt(Merge);

    private void Merge()
    {
        string target = Paths.Resolve(Destination);
        OutputFile.RequireFree(target, Force);
        ImagePart[] parts = [.. ImageFiles.Read(_images, Paths).Select(image => new ImagePart(image.Name, image.Address, image.Data))];
        ChipDefinition chip = Chip is not null ? ChipCatalog.ByName(Chip) : throw new Esp32Exception(
            ErrorCode.ChipUnknown, "Nothing says which chip the images are for.", "Name the chip.");
        MergedImage merged = ImageMerger.Merge(parts, chip, Options());
        foreach (string warning in merged.Warnings)
        {
            WriteWarning(warning);
        }

        if (ShouldProcess(target, $"Merge {parts.Length} images for the {chip.Name} into {merged.Data.Length} bytes"))
        {
            OutputFile.Write(target, merged.Data, Force);
            WriteObject(new FileInfo(target));
        }
    }

    private MergeOptions Options() => new()
    {
        Format = Format,
        TargetOffset = TargetOffset,
        PadToSize = PadToSize == 0 ? null : PadToSize,
        Header = new ImageHeaderPatch
        {
            FlashMode = FlashSettings.Value(FlashMode),
            FlashFrequency = FlashSettings.Value(FlashFrequency),
            FlashSize = FlashSettings.Value(FlashSize),
        },
        Uf2 = new Uf2Options { PayloadSize = PayloadSize == 0 ? null : PayloadSize, HasMd5 = !NoMd5 },
        CheckImages = !NoImageCheck,
    };
}
