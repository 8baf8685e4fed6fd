using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>
/// Burns on one device, for a cmdlet: read the chip, plan, show the plan and ask, burn, read back. A burn that would change nothing
/// burns nothing and asks nothing.
/// </summary>
internal static class EfuseBurning
{
    /// <summary>Burns; null when the user says no.</summary>
    /// <param name="invocation">The call of the cmdlet, which asks and warns.</param>
    /// <param name="device">The device.</param>
    /// <param name="requests">The burns that are requested.</param>
    /// <param name="allowed">Refusals that are lifted.</param>
    /// <param name="extend">Adds custom fields to the chip; null for none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static EfuseBurnResult? Run(
        CmdletInvocation invocation,
        Esp32Device device,
        IEnumerable<EfuseRequest> requests,
        IReadOnlyCollection<ErrorCode> allowed,
        Func<EfuseSnapshot, EfuseSnapshot>? extend,
        CancellationToken cancellationToken)
    {
        EfuseSnapshot snapshot = EfuseReader.Read(device, cancellationToken);
        snapshot = extend?.Invoke(snapshot) ?? snapshot;
        using EfusePlan plan = EfusePlanner.Plan(snapshot, requests, new EfusePlanOptions { Allow = allowed });
        RequireAllowed(invocation, plan);
        foreach (string warning in plan.Warnings)
        {
            invocation.Warn(warning);
        }

        // Units on a bench look alike, and ports move: the address says which one it is.
        DeviceIdentity identity = device.ReadIdentity(cancellationToken);
        string description = plan.IsEmpty ? string.Empty : EfusePlanText.Render($"{device}, MAC {identity.Mac}{(identity.IsMacIntact == false ? ", which does not match its check value" : string.Empty)}", plan);
        if (!plan.IsEmpty && !invocation.MayBurn(description, "Burn eFuses: this cannot be undone"))
        {
            return null;
        }

        EfuseBurnResult result = EfuseBurner.Burn(
            device.GetLoader(), device.GetTransport().Clock, device.GetChip(), identity.CrystalMHz, plan, cancellationToken);
        return ClosedLoader.Ask(device, result, cancellationToken) with { PortName = device.PortName };
    }

    // The first refusal is the error; the others are shown too, so that they can be dealt with together.
    private static void RequireAllowed(CmdletInvocation invocation, EfusePlan plan)
    {
        foreach (EfuseException refusal in plan.Refusals.Skip(1))
        {
            invocation.Warn($"Refused as well: {refusal.Message} {refusal.Advice}".TrimEnd());
        }

        plan.ThrowIfRefused();
    }
}
