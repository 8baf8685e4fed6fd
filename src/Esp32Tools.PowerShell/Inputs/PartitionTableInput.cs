using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// A partition table in any form: a file, bytes, the result of a flash read, lines of CSV, or objects, one for each
/// partition.
/// </summary>
internal sealed class PartitionTableInput
{
    private readonly List<PartitionRow> _rows = [];
    private readonly List<string> _lines = [];
    private readonly List<byte> _bytes = [];
    private string? _source;

    /// <summary>True when there was no input.</summary>
    public bool IsEmpty => _rows.Count + _lines.Count + _bytes.Count == 0;

    /// <summary>Takes an item from the pipeline or the command line.</summary>
    /// <param name="item">The item.</param>
    /// <param name="stopToken">Ends the read of a file.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: no form of a table.</exception>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void Add(object item, CancellationToken stopToken)
    {
        switch (Arguments.BaseOf(item))
        {
            case string text:
                _lines.Add(text);
                break;
            case byte octet:
                _bytes.Add(octet);
                break;
            case byte[] bytes:
                _bytes.AddRange(bytes);
                break;
            case FlashRegion region:
                _bytes.AddRange(region.GetBytes());
                _source = $"{region.PortName} at 0x{region.Address:X}";
                break;
            case FileInfo file:
                AddFile(file.FullName, stopToken);
                break;
            default:
                _rows.Add(PartitionRowArgument.From(item, _rows.Count + 1));
                break;
        }
    }

    /// <summary>Takes a file.</summary>
    /// <param name="file">Path of the file system.</param>
    /// <param name="stopToken">Ends the read.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public void AddFile(string file, CancellationToken stopToken)
    {
        var table = PartitionTableFile.Read(file, stopToken);
        _bytes.AddRange(table.Bytes);
        _source = table.Source;
    }

    /// <summary>The table of all the input.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableMissing"/>, <see cref="ErrorCode.PartitionTableInvalid"/></exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: several forms at once.</exception>
    public PartitionTable ToTable(PartitionTableOptions options)
    {
        if (new[] { _rows.Count, _lines.Count, _bytes.Count }.Count(count => count > 0) > 1)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid, "A table was given in several forms at once.", "Give lines of CSV, or bytes, or objects.");
        }

        return _rows.Count > 0 ? PartitionTable.FromRows(_rows, options)
            : _lines.Count > 0 ? PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(string.Join("\n", _lines)), options)
            : PartitionTable.ParseFile(_bytes.ToArray(), _source, options);
    }
}
