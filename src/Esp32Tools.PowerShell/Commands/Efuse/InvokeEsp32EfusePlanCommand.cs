using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns a whole plan in one pass: each block once, and the bits that protect or close the chip last.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Esp32EfusePlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EfuseBurnResult))]
[Lifts(nameof(RefusalCatalog.EfuseBurn))]
public sealed class InvokeEsp32EfusePlanCommand : Esp32DeviceCmdlet
{
    /// <summary>The plan. It can be burned on any number of chips.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNull]
    public Esp32EfusePlan? Plan { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as KeyReadable.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        if (EfuseBurning.Run(Invocation, device, Plan!.GetRequests(), Allowed, extend: null, StopToken) is { } result)
        {
            Emit(result);
        }
    }
}
