using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Partitions;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Gets the partitions of a device, or of a table in a file (binary or CSV).</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Partition", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32Partition))]
public sealed class GetEsp32PartitionCommand : Esp32DeviceOrFileCmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Names of the partitions; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Flash address of the table.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device) => EmitTable(
        Esp32Partition.From(
            PartitionTableReader.Read(device, TableOffset, StopToken),
            device.PortName,
            SessionToRemember(device)));

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        EmitTable(Esp32Partition.From(PartitionTable.ParseFile(InputFile.Read(file), file)));

    private void EmitTable(IEnumerable<Esp32Partition> partitions)
    {
        foreach (Esp32Partition partition in partitions.Where(partition => Wildcards.MatchAny(Name, partition.Name)))
        {
            Emit(partition);
        }
    }
}
