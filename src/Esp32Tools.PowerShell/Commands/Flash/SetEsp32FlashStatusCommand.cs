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
    /// <summary>New values of the registers: the first in bits 7:0, the second in 15:8, the third in 23:16.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    [ValidateRange(0u, 0xFF_FFFFu)]
    public uint Value { get; set; }

    /// <summary>Number of registers to write, from the first on; left out, the highest set bit of the value decides.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 3)]
    public int RegisterCount { get; set; }

    /// <summary>Sets the volatile registers, until the flash is reset or loses its power.</summary>
    [Parameter]
    public SwitchParameter Volatile { get; set; }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        int count = RegisterCount > 0 ? RegisterCount : Value > 0xFFFF ? 3 : Value > 0xFF ? 2 : 1;
        FlashStatusPlan plan = FlashStatusWriter.Plan(device, Value, count, Volatile, StopToken);
        if (!plan.IsNeeded || Invocation.MayBurn($"{device}: {plan}", "Write the status registers of the flash: some bits stay for good"))
        {
            Emit(FlashStatusWriter.Write(device, plan, StopToken));
        }
    }
}
