using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.PowerShell.Commands.Partition;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>A cmdlet that changes which application boots: it reads, checks, asks, writes, and reports the application that then boots.</summary>
[Lifts(nameof(RefusalCatalog.OtaSwitch))]
public abstract class OtaChangeCmdlet : PartitionDeviceCmdlet
{
    private IReadOnlyCollection<ErrorCode> _allowed = [];

    /// <summary>Lifts refusals, each by its error id and no other, such as ImageInvalid.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _allowed = RefusalIds.Read(this, Force));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        using var progress = new ActivityProgress(this, device.ToString());
        var layout = OtaLayout.From(PartitionTableReader.Read(device, TableOffset, StopToken, cipher));
        OtaData data = OtaDevice.Read(device, layout, cipher, StopToken);
        OtaDecision before = data.Decide(layout);
        OtaChange change = Change(data, layout);
        OtaDecision after = change.After.Decide(layout);
        if (after.Partition is { } boots)
        {
            OtaDevice.EnsureApplication(device, boots, cipher, _allowed, progress.Report, StopToken);
        }

        bool isChange = change.Steps.Count > 0;
        if (isChange && !ShouldProcess(device.ToString(), $"Boot '{after.Partition?.Name}' instead of '{before.Partition?.Name}'"))
        {
            return;
        }

        bool verified = OtaDevice.Apply(device, layout, change, cipher, progress.Report, StopToken);
        Emit(new OtaSwitchResult
        {
            PortName = device.PortName,
            Slot = after.Slot,
            Partition = after.Partition?.Name,
            Previous = before.Partition?.Name,
            Sequence = after.Copy is int copy ? change.After.Entries[copy].Sequence : null,
            State = after.Copy is int same ? change.After.Entries[same].State : null,
            Changed = isChange,
            Verified = verified,
            Reason = after.Reason,
        });
    }

    /// <summary>Plans the change.</summary>
    private protected abstract OtaChange Change(OtaData data, OtaLayout layout);
}
