using System.Linq;
using System.Management.Automation;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Gets the partitions of a device, or of a table in a file or in memory (binary or CSV).</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Partition", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32Partition))]
public sealed class GetEsp32PartitionCommand : Esp32DeviceOrFileCmdlet
{
    private const string DataSet = "Data";

    private FlashKey? _key;

    /// <summary>The bytes of a table, binary or CSV.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true)]
    [Alias("Bytes")]
    [ValidateNotNullOrEmpty]
    [BytesTransformation]
    public byte[] Data { get; set; } = [];

    /// <summary>Names of the partitions; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionNames))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Types of the partitions, by name or number; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionTypes))]
    public string[] Type { get; set; } = [];

    /// <summary>Subtypes of the partitions, by name or number; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionSubTypes))]
    public string[] SubType { get; set; } = [];

    /// <summary>Flash address of the table.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>The flash encryption key of the devices: the file that holds it, or its bytes.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>Overwrites the key.</summary>
    public override void Dispose()
    {
        base.Dispose();
        _key?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = Key is null ? null : KeyReader.Read(Key, Paths));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == DataSet)
        {
            AttemptItem(() => EmitTable(PartitionTable.ParseFile(Data, null, Surroundings), Surroundings));
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = _key is null ? null : PartitionCipher.For(device, _key, StopToken);
        PartitionTable table = PartitionTableReader.Read(device, TableOffset, StopToken, cipher);
        if (LayoutRules.LookAtTable(table, device.KnownFlashSize(StopToken), $"The partition table on {device.PortName}") is { } finding)
        {
            WriteWarning(finding.ToString());
        }

        EmitTable(table, Surroundings, device.PortName);
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string file)
    {
        var table = PartitionTableFile.Read(file, StopToken);
        PartitionTableOptions surroundings = IsGiven(nameof(TableOffset)) || table.Address is null ? Surroundings : new() { TableOffset = table.Address.Value };
        EmitTable(PartitionTable.ParseFile(table.Bytes, table.Source, surroundings), surroundings);
    }

    private PartitionTableOptions Surroundings => new() { TableOffset = TableOffset };

    // The table in a device is shown even if it breaks rules.
    private void EmitTable(PartitionTable table, PartitionTableOptions surroundings, string? portName = null)
    {
        foreach (string warning in table.Warnings.Append(table.Emptiness).OfType<string>().Concat(table.FindViolations(surroundings)))
        {
            WriteWarning(warning);
        }

        var filter = new PartitionFilter(Name, Type, SubType);
        foreach (Esp32Partition partition in Esp32Partition.From(table, portName).Where(filter.Matches))
        {
            Emit(partition);
        }

        foreach (Esp32Exception missing in filter.FindMissing(portName ?? table.Source))
        {
            WriteError(ErrorRecords.From(missing));
        }
    }
}
