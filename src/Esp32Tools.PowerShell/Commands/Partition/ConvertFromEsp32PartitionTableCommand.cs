using System.Management.Automation;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Converts a partition table to objects, one for each partition.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Esp32PartitionTable", DefaultParameterSetName = "Path")]
[OutputType(typeof(Esp32Partition))]
public sealed class ConvertFromEsp32PartitionTableCommand : PartitionTableCmdlet
{
    private protected override void ProcessTable(PartitionTable table) =>
        WriteObject(Esp32Partition.From(table, names: new PartitionNames(Options.ExtraSubTypes)), enumerateCollection: true);
}
