using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns all that a plan holds in one pass: each block once, and what protects or closes the chip last.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Esp32EfusePlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class InvokeEsp32EfusePlanCommand : EfuseBurnCmdlet
{
    /// <summary>The plan. It can be burned on any number of chips.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNull]
    public Esp32EfusePlan? Plan { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => Plan!.GetRequests();
}
