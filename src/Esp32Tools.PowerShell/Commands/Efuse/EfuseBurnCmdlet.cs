using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>
/// A cmdlet that burns eFuses: read the chip, plan, show the plan and ask, burn, read back. What is so already burns
/// nothing and asks nothing.
/// </summary>
public abstract class EfuseBurnCmdlet : Esp32DeviceCmdlet
{
    private IReadOnlyCollection<ErrorCode> _allowed = [];

    /// <summary>Lifts refusals, each by its error id and no other, such as KeyReadable.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EfuseRefusalCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string[] Force { get; set; } = [];

    /// <summary>What is to be burned.</summary>
    private protected abstract IEnumerable<EfuseRequest> GetRequests();

    /// <summary>Gives the chip more fields than its own, where there are such.</summary>
    private protected virtual EfuseSnapshot Extend(EfuseSnapshot snapshot) => snapshot;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _allowed = LiftedRefusals.Parse(Force, EfusePlanOptions.Liftable));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        EfuseSnapshot snapshot = Extend(EfuseReader.Read(device.Loader, device.Chip, StopToken));
        using EfusePlan plan = EfusePlanner.Plan(snapshot, GetRequests(), new EfusePlanOptions { Allow = _allowed });
        RequireAllowed(plan);
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        string description = plan.IsEmpty ? string.Empty : EfusePlanText.Render(device.ToString(), plan);
        if (plan.IsEmpty || ShouldProcess(description, description, "Burn eFuses: this cannot be undone"))
        {
            int crystalMHz = device.ReadIdentity(StopToken).CrystalMHz;
            EfuseBurnResult result = EfuseBurner.Burn(
                device.Loader, device.Transport.Clock, device.Chip, crystalMHz, plan, StopToken);
            Emit(result with { PortName = device.PortName });
        }
    }

    // The first refusal is the error; who mends it should not have to meet the others one by one.
    private void RequireAllowed(EfusePlan plan)
    {
        foreach (EfuseException refusal in plan.Refusals.Skip(1))
        {
            WriteWarning($"Refused as well: {refusal.Message} {refusal.Advice}".TrimEnd());
        }

        plan.ThrowIfRefused();
    }
}
