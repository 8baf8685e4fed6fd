using System.IO;
using System.Management.Automation;
using System.Text;
using Esp32Tools.Files;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Makes a partition table from objects, CSV or the binary form: the bytes for the flash, or CSV, in memory or in a file.</summary>
[Cmdlet(VerbsData.ConvertTo, "Esp32PartitionTable", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(byte[]), typeof(string), typeof(FileInfo))]
public sealed class ConvertToEsp32PartitionTableCommand : PartitionTableCmdlet
{
    private string? _file;

    /// <summary>The file to write; the table itself is the output when it is left out.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Makes CSV instead of the binary form.</summary>
    [Parameter]
    public SwitchParameter AsCsv { get; set; }

    /// <summary>Leaves the MD5 entry out.</summary>
    [Parameter]
    public SwitchParameter NoMd5 { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _file = Destination is null ? null : Paths.Resolve(Destination));
    }

    private protected override void ProcessTable(PartitionTable table)
    {
        byte[] data = AsCsv ? Encoding.UTF8.GetBytes(table.ToCsv(Options)) : table.ToBytes(withMd5: !NoMd5);
        if (_file is null)
        {
            WriteObject(AsCsv ? Encoding.UTF8.GetString(data) : data, enumerateCollection: false);
            return;
        }

        OutputFile.RequireFree(_file, Force);
        if (ShouldProcess(_file, $"Write a partition table of {table.Partitions.Count} partitions"))
        {
            OutputFile.Write(_file, data, Force);
            WriteObject(new FileInfo(_file));
        }
    }
}
