using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Csv;

namespace Esp32Tools.FactoryData;

/// <summary>The list of the units in a folder, a CSV next to their files. Paths are relative to that folder.</summary>
internal sealed class FactoryManifest
{
    private static readonly string[] s_columns = ["Row", "Id", "Unit", "Path", "Size", "Sha256", "KeyPath", "KeyFingerprint"];
    private static readonly int s_unitColumn = Array.IndexOf(s_columns, "Unit");

    private readonly string _folder;
    private readonly StringBuilder _text = new();

    // Units in the file that have not yet been seen in the table.
    private readonly ConcurrentDictionary<string, bool> _left = new();

    /// <param name="folder">Its folder.</param>
    /// <param name="prefix">Prefix of the unit names.</param>
    /// <param name="force">True to replace any existing file.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileExists"/>: another file is there; <see cref="ErrorCode.FileAccess"/>
    /// </exception>
    public FactoryManifest(string folder, string prefix, bool force)
    {
        _folder = folder;
        FilePath = Path.Combine(folder, prefix.Length > 0 ? $"{prefix}-manifest.csv" : "manifest.csv");
        CsvWriter.Append(_text, s_columns);
        if (!force && File.Exists(FilePath))
        {
            ReadUnits();
        }
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Number of its units.</summary>
    public int Count { get; private set; }

    private byte[] Content => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>Notes that a unit is in the table; called from several threads at once.</summary>
    public void Saw(FactoryUnit unit) => _left.TryRemove(unit.Name, out _);

    /// <summary>Throws when the file lists units that the table does not have: they would be lost.</summary>
    /// <exception cref="FactoryDataException"><see cref="ErrorCode.FileExists"/></exception>
    public void RequireAllSeen()
    {
        if (_left.Count > 0)
        {
            string first = _left.Keys.OrderBy(name => name, StringComparer.Ordinal).First();
            throw InTheWay($"'{FilePath}' lists {_left.Count} units that the table does not have; '{first}' is one.");
        }
    }

    /// <summary>Adds a unit.</summary>
    public void Add(FactoryDataItem item)
    {
        Count++;
        CsvWriter.Append(
            _text,
            [
                item.Row.ToString(CultureInfo.InvariantCulture), item.Id, item.Unit, Relative(item.Path),
                item.Size.ToString(CultureInfo.InvariantCulture), item.Sha256, item.KeyPath is null ? string.Empty : Relative(item.KeyPath),
                item.KeyFingerprint ?? string.Empty,
            ]);
    }

    /// <summary>True when the file already exists with the content to write.</summary>
    public bool IsUnchanged() => FactoryFiles.IsThere(FilePath, Content);

    /// <summary>Writes the file. A replaced file describes the same units.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public void Write() => OutputFile.Write(FilePath, Content, force: true, FileCare.Durable);

    private void ReadUnits()
    {
        try
        {
            using TextReader text = InputFile.OpenText(FilePath);
            var reader = new CsvReader(text, FilePath);
            bool isManifest = reader.Read() is { } header && header.Fields.SequenceEqual(s_columns);
            foreach (CsvRecord record in isManifest ? reader.ReadAll() : throw InTheWay($"'{FilePath}' exists already, and is no manifest."))
            {
                _left[record.Fields.ElementAtOrDefault(s_unitColumn) ?? string.Empty] = true;
            }
        }
        catch (InputException error) when (error.Code == ErrorCode.CsvInvalid)
        {
            throw InTheWay($"'{FilePath}' exists already, and is no manifest.");
        }
    }

    private string Relative(string path) => path.Substring(_folder.Length).TrimStart('/', '\\').Replace('\\', '/');

    private static FactoryDataException InTheWay(string message) => new(
        [
            new FactoryProblem
            {
                Rule = FactoryRule.Exists, Message = message, Advice = "Choose another folder or prefix, or force it to be replaced.",
            },
        ],
        count: 1);
}
