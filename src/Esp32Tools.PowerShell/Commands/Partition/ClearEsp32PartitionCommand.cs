using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Erases partitions by their names, after the checks.</summary>
[Cmdlet(VerbsCommon.Clear, "Esp32Partition", SupportsShouldProcess = true)]
[OutputType(typeof(FlashEraseResult))]
[Lifts(nameof(RefusalCatalog.PartitionErase))]
public sealed class ClearEsp32PartitionCommand : PartitionDeviceCmdlet
{
    /// <summary>Exact names of the partitions.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionNames))]
    public string[] Name { get; set; } = [];

    /// <summary>Lifts refusals, each by its error id and no other, such as PartitionReadOnly.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        PartitionTable table = PartitionTableReader.Read(device, TableOffset, StopToken, cipher);
        var options = new PartitionWriteOptions { Allow = Allowed };
        List<Formats.Partitions.Partition> partitions = [.. Name.Select(table.Find)];
        partitions.ForEach(partition => PartitionWriter.EnsureErasable(device, partition, options, StopToken));
        foreach (Formats.Partitions.Partition partition in partitions)
        {
            if (ShouldProcess(device.ToString(), $"Erase the partition {partition}"))
            {
                using var progress = new ActivityProgress(this, device.ToString());
                Emit(PartitionWriter.Erase(device, partition, progress.Report, StopToken));
            }
        }
    }
}
