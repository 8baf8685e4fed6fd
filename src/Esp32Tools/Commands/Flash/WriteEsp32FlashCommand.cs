using System;
using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Writes images to flash: everything is checked first, and believed only when the chip's own digest says so.</summary>
[Cmdlet(VerbsCommunications.Write, "Esp32Flash", SupportsShouldProcess = true)]
[OutputType(typeof(FlashWriteResult))]
public sealed class WriteEsp32FlashCommand : FlashImageCmdlet
{
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

    /// <summary>Flash size for the bootloader's header, such as 4MB; Detect asks the flash memory; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlashSizeCompleter))]
    [FlashSizeTransformation]
    [ValidateNotNullOrEmpty]
    public string FlashSize { get; set; } = FlashSettings.Keep;

    /// <summary>Erases all of the flash first.</summary>
    [Parameter]
    public SwitchParameter EraseAll { get; set; }

    /// <summary>Sends the bytes as they are.</summary>
    [Parameter]
    public SwitchParameter NoCompress { get; set; }

    /// <summary>Does not ask the chip for a digest of what was written; the results are then not Verified.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Writes what a check would refuse: an image for another chip, a chip with secure boot or encryption on.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessImages(Esp32Device device, IReadOnlyList<FlashImage> images, DeviceProgress progress)
    {
        FlashWritePlan plan = FlashWriter.Plan(device, images, Options(), StopToken);
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

            Emit(result);
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

    private FlashWriteOptions Options() => new()
    {
        FlashMode = FlashSettings.Value(FlashMode),
        FlashFrequency = FlashSettings.Value(FlashFrequency),
        FlashSize = FlashSettings.IsDetect(FlashSize) ? null : FlashSettings.Value(FlashSize),
        DetectFlashSize = FlashSettings.IsDetect(FlashSize),
        EraseAll = EraseAll,
        Compress = !NoCompress,
        Verify = !NoVerify,
        Force = Force,
    };
}
