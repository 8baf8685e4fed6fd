using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Writes images to flash: checks all of them first, and verifies each by the chip's own digest.</summary>
[Cmdlet(VerbsCommunications.Write, "Esp32Flash", SupportsShouldProcess = true)]
[OutputType(typeof(FlashWriteResult), typeof(FlashWriteSummary))]
[Lifts(nameof(RefusalCatalog.FlashWrite))]
public sealed class WriteEsp32FlashCommand : FlashImageCmdlet
{
    private IReadOnlyList<FlashImage> _previous = [];

    /// <summary>Flash mode for the bootloader's header, such as DIO; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashModes))]
    [ValidateNotNullOrEmpty]
    public string FlashMode { get; set; } = FlashSettings.Keep;

    /// <summary>Flash frequency for the bootloader's header, such as 80m; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashFrequencies))]
    [ValidateNotNullOrEmpty]
    public string FlashFrequency { get; set; } = FlashSettings.Keep;

    /// <summary>Flash size for the bootloader's header, such as 4MB; Detect asks the flash memory; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashSizes))]
    [FlashSizeTransformation]
    [ValidateNotNullOrEmpty]
    public string FlashSize { get; set; } = FlashSettings.Keep;

    /// <summary>Erases all of the flash first.</summary>
    [Parameter]
    public SwitchParameter EraseAll { get; set; }

    /// <summary>Has the chip encrypt all images while it writes them, with its own key.</summary>
    [Parameter]
    public SwitchParameter Encrypt { get; set; }

    /// <summary>Writes only the sectors that changed.</summary>
    [Parameter]
    public SwitchParameter Differential { get; set; }

    /// <summary>
    /// The images of the last write, in the same forms as Image: only the sectors that changed since then are written. Without
    /// them, the chip is asked for digests.
    /// </summary>
    [Parameter]
    [ImageTransformation]
    [ValidateNotNullOrEmpty]
    public ImageArgument[] PreviousImage { get; set; } = [];

    /// <summary>Sends the bytes uncompressed.</summary>
    [Parameter]
    public SwitchParameter NoCompress { get; set; }

    /// <summary>Does not ask the chip for a digest after the write; the results are then not Verified.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Number of times to connect again when the connection is lost during the write.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaxReconnect { get; set; } = new FlashWriteOptions().MaxReconnects;

    /// <summary>Lifts refusals, each by its error id and no other, such as ImageForOtherChip.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _previous = ImageFiles.Read(PreviousImage, Paths).Images);
    }

    private protected override object SumUp(BoardOutcome board) => FlashSummaries.OfWrite(board);

    private protected override void ProcessImages(Esp32Device device, IReadOnlyList<FlashImage> images, ActivityProgress progress)
    {
        FlashWriteOptions options = Options();
        FlashWritePlan plan = FlashWriter.Plan(device, images, options, StopToken);
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        TellUnusedSettings(device, plan, options);
        if (!ShouldProcess(Describe(device, plan), $"Write flash of {device}?", "Write flash"))
        {
            return;
        }

        foreach (FlashWriteResult result in FlashWriter.Write(device, plan, progress.Report, StopToken))
        {
            if (result.HeaderNote is not null)
            {
                WriteWarning($"{result.Name}: the flash settings in its header were left as they are. {result.HeaderNote}");
            }

            if (result.MethodNote is not null)
            {
                WriteVerbose($"{result.Name}: {result.MethodNote}");
            }

            Emit(result);
        }
    }

    // A list has flash settings even for an application alone; settings that the user typed deserve a warning.
    private void TellUnusedSettings(Esp32Device device, FlashWritePlan plan, FlashWriteOptions options)
    {
        bool asked = options.FlashMode is not null || options.FlashFrequency is not null || options.FlashSize is not null || options.DetectFlashSize;
        uint place = device.GetChip().Image.BootloaderOffset;
        if (!asked || plan.Writes.Any(write => write.Address <= place && write.Address + (long)write.Length > place))
        {
            return;
        }

        string text = $"The flash settings go into a bootloader's header, and nothing is written to 0x{place:X}, where the bootloader of the {device.GetChip().Name} is: they stay as they are.";
        if (IsGiven(nameof(FlashMode)) || IsGiven(nameof(FlashFrequency)) || (IsGiven(nameof(FlashSize)) && !device.IsSecureDownloadMode))
        {
            WriteWarning(text);
        }
        else
        {
            WriteVerbose(text);
        }
    }

    private static string Describe(Esp32Device device, FlashWritePlan plan)
    {
        List<string> lines = [$"{device}:"];
        if (plan.Options.EraseAll)
        {
            lines.Add($"erase all 0x{plan.FlashSize:X} bytes of flash");
        }

        foreach (PlannedWrite write in plan.Writes)
        {
            lines.Add(write.ToString());
        }

        return string.Join($"{Environment.NewLine}  ", lines);
    }

    // The settings of a list of files apply where the command line has none.
    private FlashWriteOptions Options()
    {
        string? size = Choose(nameof(FlashSize), FlashSize, Given.FlashSize);
        bool detects = size is not null && FlashSettings.IsDetect(size);
        return new FlashWriteOptions
        {
            FlashMode = Choose(nameof(FlashMode), FlashMode, Given.FlashMode),
            FlashFrequency = Choose(nameof(FlashFrequency), FlashFrequency, Given.FlashFrequency),
            FlashSize = detects ? null : size,
            DetectFlashSize = detects,
            Chip = Given.Chip,
            OtherChip = Given.OtherChip,
            EraseAll = EraseAll || Given.ErasesAll,
            Encrypt = Encrypt,
            Differential = Differential || PreviousImage.Length > 0,
            Previous = _previous,
            Compress = !NoCompress && !Given.IsPlain,
            Verify = !NoVerify,
            MaxReconnects = MaxReconnect,
            Allow = Allowed,
        };
    }

    private string? Choose(string parameter, string said, string? listed) =>
        FlashSettings.Choose(IsGiven(parameter), said, listed);
}
