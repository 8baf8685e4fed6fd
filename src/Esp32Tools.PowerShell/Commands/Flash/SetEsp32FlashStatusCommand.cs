using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Writes the status registers of a flash memory and reads them back.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32FlashStatus", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FlashStatusResult))]
public sealed class SetEsp32FlashStatusCommand : Esp32DeviceCmdlet
{
    /// <summary>The registers as they shall be: the first in bits 7:0, the second in 15:8, the third in 23:16.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    [ValidateRange(0u, 0xFF_FFFFu)]
    public uint Value { get; set; }

    /// <summary>How many registers to write, from the first on; as many as the value reaches when it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 3)]
    public int RegisterCount { get; set; }

    /// <summary>Sets them until the flash is reset or loses its power.</summary>
    [Parameter]
    public SwitchParameter Volatile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        int count = RegisterCount > 0 ? RegisterCount : Value > 0xFFFF ? 3 : Value > 0xFF ? 2 : 1;
        FlashStatusPlan plan = FlashStatusWriter.Plan(device, Value, count, Volatile, StopToken);
        if (!plan.IsNeeded || ShouldProcess(device.ToString(), plan.ToString()))
        {
            Emit(FlashStatusWriter.Write(device, plan, StopToken));
        }
    }
}
