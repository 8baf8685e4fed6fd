using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Reads the vendor's CSV: a header with <c>key</c>, <c>type</c>, <c>encoding</c> and <c>value</c> in any order, then rows of the
/// type <c>namespace</c>, <c>data</c> or <c>file</c>; lines that begin with # are skipped.
/// </summary>
/// <remarks>
/// Refused here, accepted silently by the vendor's generator: a row of another type, which it skips; a row before the first
/// namespace, from which it makes an entry that firmware does not find or mistakes for a namespace; more fields than the header
/// has, which it cuts off. A line that begins with # within quotes belongs to its value; the generator removes it.
/// </remarks>
public static class NvsCsv
{
    private const string NamespaceRow = "namespace";
    private const string DataRow = "data";
    private const string FileRow = "file";

    private static readonly string[] s_columns = ["key", "type", "encoding", "value"];

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; the caller closes it.</param>
    /// <param name="source">Name of the text in messages: the file's path; null for none.</param>
    /// <param name="readFile">Gives the bytes of a file that a row names; null to refuse such rows.</param>
    /// <param name="quirks">
    /// Imitates the behaviour of the vendor's generator that no row asks for; null to follow the rows alone.
    /// </param>
    /// <returns>Namespaces and values in the order of the rows.</returns>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.CsvInvalid"/>, <see cref="ErrorCode.NvsItemInvalid"/>, and the exceptions of reading a file.
    /// </exception>
    public static IReadOnlyList<NvsItem> Read(
        TextReader text, string? source = null, Func<string, byte[]>? readFile = null, NvsGeneratorQuirks? quirks = null)
    {
        var reader = new CsvReader(text, source, comment: '#');
        CsvRecord header = reader.Read() ?? throw Invalid(source, 1, null, "there is no header.", HeaderAdvice);
        int[] places = [.. s_columns.Select(column => PlaceOf(header, column, source))];
        List<NvsItem> items = [];
        string? nameSpace = null;
        foreach (CsvRecord record in reader.ReadAll())
        {
            if (record.Fields.Skip(header.Fields.Count).Any(field => field.Length > 0))
            {
                throw Invalid(
                    source, record.Line, null, $"there are {record.Fields.Count} fields, and the header has {header.Fields.Count}.",
                    "Put a value with a comma between quotes.");
            }

            string[] fields = [.. places.Select(place => place < record.Fields.Count ? record.Fields[place] : string.Empty)];
            NvsItem item = ReadRow(record, fields, nameSpace, source, readFile);
            bool isNamespace = item.Type == NvsType.Namespace;
            nameSpace = isNamespace && quirks is not null ? quirks.Enter(item.Namespace) : item.Namespace;
            items.AddRange(isNamespace || quirks is null ? [item] : quirks.Expand(item, fields[fields.Length - 1]));
        }

        return items;
    }

    private static string HeaderAdvice => $"The first line has to be {string.Join(",", s_columns)}.";

    private static NvsItem ReadRow(CsvRecord record, string[] fields, string? nameSpace, string? source, Func<string, byte[]>? readFile)
    {
        (string key, string type, string encoding, string value) = (fields[0], fields[1], fields[2], fields[3]);
        switch (type)
        {
            case NamespaceRow:
                return In("key", () => NvsItem.ForNamespace(key));
            case DataRow or FileRow when nameSpace is null:
                throw Invalid(source, record.Line, null, "the row stands before the first namespace.", "Begin with a row of the type 'namespace'.");
            case FileRow when readFile is null:
                throw Invalid(source, record.Line, "type", "files cannot be read from here.", "Give the value itself.");
            case DataRow or FileRow:
                NvsEncoding parsed = In("encoding", () => NvsEncoding.Parse(encoding));
                object typed = In("value", () => type == FileRow ? NvsValue.FromFile(parsed, readFile!(value)) : NvsValue.Parse(parsed, value));
                return In("key", () => NvsItem.Of(nameSpace!, key, parsed.Type, typed));
            default:
                throw Invalid(source, record.Line, "type", $"there is no row of the type '{type}'.", $"There are {NamespaceRow}, {DataRow} and {FileRow}.");
        }

        T In<T>(string column, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (InputException error)
            {
                throw NvsErrors.At(CsvReader.Place(source, record.Line, column), error, source);
            }
        }
    }

    private static int PlaceOf(CsvRecord header, string column, string? source)
    {
        int[] places = [.. Enumerable.Range(0, header.Fields.Count).Where(place => header.Fields[place] == column)];
        return places.Length == 1
            ? places[0]
            : throw Invalid(source, header.Line, null, $"the header has {(places.Length == 0 ? "no" : "more than one")} column '{column}'.", HeaderAdvice);
    }

    private static InputException Invalid(string? source, int line, string? column, string what, string advice) =>
        new(ErrorCode.CsvInvalid, $"{CsvReader.Place(source, line, column)}: {what}", advice) { Target = source };
}
