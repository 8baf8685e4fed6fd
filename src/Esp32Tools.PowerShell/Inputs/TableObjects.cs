using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Makes rows of a table from pipeline objects: hashtables, rows of a database, any object with properties.</summary>
internal static class TableObjects
{
    /// <summary>Names and values of one object.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: it has none.</exception>
    public static Dictionary<string, object?> PropertiesOf(object? item)
    {
        IEnumerable<KeyValuePair<string, object?>> properties = Arguments.BaseOf(item) switch
        {
            IDictionary table => table.Cast<DictionaryEntry>().Select(entry => Pair(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value)),
            DataRow row => row.Table.Columns.Cast<DataColumn>().Select(column => Pair(column.ColumnName, row[column])),
            DataRowView view => view.Row.Table.Columns.Cast<DataColumn>().Select(column => Pair(column.ColumnName, view[column.ColumnName])),
            null or string or IList or FileSystemInfo or ValueType => throw new InputException(
                ErrorCode.ValueInvalid, $"A {Arguments.BaseOf(item)?.GetType().Name ?? "null"} is not a row of a table.",
                "Give objects with a property for each column. The path of a table is named as such, and does not come through the pipeline."),
            _ => PSObject.AsPSObject(item).Properties.Where(property => property.IsGettable).Select(property => Pair(property.Name, ValueOf(property))),
        };

        // A hashtable may have two keys that differ by their case alone.
        Dictionary<string, object?> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> property in properties)
        {
            found[property.Key] = property.Value;
        }

        return found;
    }

    private static KeyValuePair<string, object?> Pair(string name, object? value) => new(name, Arguments.BaseOf(value));

    // The value of a property that fails is missing; the error about its row names it.
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
