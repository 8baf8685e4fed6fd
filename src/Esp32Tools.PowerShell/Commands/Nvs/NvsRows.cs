using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>
/// Rows of a table, one after the other: each with its Namespace, Key and Value, or as Import-Csv gives them of the vendor's CSV,
/// where a row of the type <c>namespace</c> goes before those in it.
/// </summary>
internal sealed class NvsRows
{
    private const string Expected = "Rows have the columns Namespace, Key, Value, and Type or Encoding where needed; or key, type, encoding, value, as the vendor's CSV has them.";

    private static readonly string[] s_vendorTypes = ["namespace", "data", "file"];

    private string? _nameSpace;
    private int _row;

    /// <summary>Reads the next row.</summary>
    /// <param name="row">The row: an object, or a hashtable.</param>
    /// <param name="readFile">Gives the bytes of a file that a row names.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>, with the number of the row.</exception>
    public NvsItem Read(PSObject row, Func<string, byte[]> readFile)
    {
        _row++;
        string[] columns = ColumnsOf(row);
        bool Has(string column) => columns.Contains(column, StringComparer.OrdinalIgnoreCase);
        if (Has("Namespace") && Has("Key"))
        {
            return NvsObjects.FromRow(row);
        }

        string type = NvsObjects.Text(row, "Type");
        if (!Has("Key") || !s_vendorTypes.Contains(type))
        {
            throw Invalid($"has the columns {(columns.Length == 0 ? "of no table" : string.Join(", ", columns))}{(Has("Key") && Has("Type") ? $", and the type '{type}'" : string.Empty)}.");
        }

        string key = NvsObjects.Text(row, "Key");
        if (type == s_vendorTypes[0])
        {
            var item = NvsItem.ForNamespace(key);
            _nameSpace = item.Namespace;
            return item;
        }

        string nameSpace = _nameSpace ?? throw Invalid("stands before the first namespace: begin with a row of the type 'namespace'.");
        var encoding = NvsEncoding.Parse(NvsObjects.Text(row, "Encoding"));
        string value = NvsObjects.Text(row, "Value");
        return type == "data"
            ? NvsItem.Of(nameSpace, key, encoding, value)
            : NvsItem.Of(nameSpace, key, encoding.Type, NvsValue.FromFile(encoding, readFile(value)));
    }

    private static string[] ColumnsOf(PSObject row) => row.BaseObject is IDictionary table
        ? [.. table.Keys.Cast<object>().Select(key => $"{key}")]
        : row.BaseObject is PSCustomObject ? [.. row.Properties.Select(property => property.Name)]
        : [.. row.Properties.Where(property => property.IsSettable || property.IsGettable).Select(property => property.Name)];

    // The columns are told, never a value: it may be a secret.
    private InputException Invalid(string what) => new(ErrorCode.NvsItemInvalid, $"Row {_row} {what}", Expected);
}
