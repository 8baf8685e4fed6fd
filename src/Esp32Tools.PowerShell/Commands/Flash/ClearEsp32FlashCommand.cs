using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Erases all of the flash, or a range of whole sectors.</summary>
[Cmdlet(VerbsCommon.Clear, "Esp32Flash", SupportsShouldProcess = true, DefaultParameterSetName = RangeSet)]
[OutputType(typeof(FlashEraseResult))]
[Lifts(nameof(RefusalCatalog.FlashErase))]
public sealed class ClearEsp32FlashCommand : Esp32DeviceCmdlet
{
    private const string RangeSet = "Range";
    private const string AllSet = "All";

    /// <summary>Erases everything.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Flash address: a multiple of 4 KB.</summary>
    [Parameter(ParameterSetName = RangeSet, Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Offset")]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Length in bytes: a multiple of 4 KB.</summary>
    [Parameter(ParameterSetName = RangeSet, Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [NumberTransformation]
    [ValidateRange(1u, uint.MaxValue)]
    public uint Length { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as FlashEncrypted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        string action = All ? "Erase all of the flash" : $"Erase flash from 0x{Address:X} to 0x{(long)Address + Length:X}";
        if (!ShouldProcess(device.ToString(), action))
        {
            return;
        }

        using var progress = new ActivityProgress(this, device.ToString());
        Emit(All
            ? FlashEraser.EraseAll(device, Allowed, progress.Report, StopToken)
            : FlashEraser.EraseRange(device, Address, Length, Allowed, progress.Report, StopToken));
    }
}
