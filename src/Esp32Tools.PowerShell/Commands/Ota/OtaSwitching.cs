using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>
/// Changes which application boots on one device, for a cmdlet: reads, checks, asks, writes, and reports the application that then
/// boots. A change that is there already writes nothing and asks nothing.
/// </summary>
internal static class OtaSwitching
{
    /// <summary>Changes the choice; null when the user says no.</summary>
    /// <param name="cmdlet">The cmdlet, which asks and shows progress.</param>
    /// <param name="device">The device.</param>
    /// <param name="tableOffset">Flash address of its partition table.</param>
    /// <param name="cipher">The cipher of its flash; null for none.</param>
    /// <param name="plan">Plans the change.</param>
    /// <param name="allowed">Refusals that are lifted.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static OtaSwitchResult? Run(
        Cmdlet cmdlet,
        Esp32Device device,
        uint tableOffset,
        PartitionCipher? cipher,
        Func<OtaData, OtaLayout, OtaChange> plan,
        IReadOnlyCollection<ErrorCode> allowed,
        CancellationToken cancellationToken)
    {
        using var progress = new ActivityProgress(cmdlet, device.ToString());
        var layout = OtaLayout.From(PartitionTableReader.Read(device, tableOffset, cancellationToken, cipher));
        OtaData data = OtaDevice.Read(device, layout, cipher, cancellationToken);
        OtaDecision before = data.Decide(layout);
        OtaChange change = plan(data, layout);
        OtaDecision after = change.After.Decide(layout);
        if (after.Partition is { } boots)
        {
            OtaDevice.EnsureApplication(device, boots, cipher, allowed, progress.Report, cancellationToken);
        }

        bool isChange = change.Steps.Count > 0;
        if (isChange && !cmdlet.ShouldProcess(device.ToString(), $"Boot '{after.Partition?.Name}' instead of '{before.Partition?.Name}'"))
        {
            return null;
        }

        bool verified = OtaDevice.Apply(device, layout, change, cipher, progress.Report, cancellationToken);
        return new OtaSwitchResult
        {
            PortName = device.PortName,
            Slot = after.Slot,
            Partition = after.Partition?.Name,
            Previous = before.Partition?.Name,
            Sequence = after.Copy is int copy ? change.After.Entries[copy].Sequence : null,
            State = after.Copy is int same ? change.After.Entries[same].State.ToString() : null,
            Changed = isChange,
            Verified = verified,
            Reason = after.Reason,
        };
    }
}
