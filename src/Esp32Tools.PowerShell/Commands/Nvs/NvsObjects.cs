using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Converts PowerShell's objects to values of NVS.</summary>
internal static class NvsObjects
{
    /// <summary>A row: Namespace, Key, Value, and Type or Encoding where the .NET type does not give it.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem FromRow(PSObject row)
    {
        string nameSpace = Text(row, "Namespace");
        string key = Text(row, "Key");
        object? value = Property(row, "Value");
        string encoding = Text(row, "Encoding");
        return Make(nameSpace, key, encoding.Length > 0 ? encoding : Text(row, "Type"), value);
    }

    /// <summary>A value with the word for its type: one of NVS, or an encoding; empty to take the .NET type.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem Make(string nameSpace, string key, string word, object? value)
    {
        object? plain = Plain(value);
        if (word.Length == 0)
        {
            return NvsItem.Of(nameSpace, key, plain!);
        }

        if (Enum.TryParse(word, ignoreCase: true, out NvsType type) && Enum.IsDefined(typeof(NvsType), type) && !char.IsDigit(word[0]))
        {
            return type == NvsType.Blob && plain is string digits
                ? NvsItem.Of(nameSpace, key, NvsEncoding.Parse("hex2bin"), digits)
                : NvsItem.Of(nameSpace, key, type, plain!);
        }

        return NvsItem.Of(nameSpace, key, NvsEncoding.Parse(word), LanguagePrimitives.ConvertTo<string>(plain));
    }

    /// <summary>Values by namespace and key. Tables without an order are sorted by name.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static IEnumerable<NvsItem> FromTables(IDictionary namespaces)
    {
        foreach (DictionaryEntry nameSpace in InOrder(namespaces))
        {
            string name = LanguagePrimitives.ConvertTo<string>(nameSpace.Key);
            if (Arguments.BaseOf(nameSpace.Value) is not IDictionary values)
            {
                throw new InputException(
                    ErrorCode.NvsItemInvalid, $"The namespace '{name}' has no table of values.", "Give a hashtable of names and values for each namespace.")
                { Target = name };
            }

            yield return NvsItem.ForNamespace(name);
            foreach (DictionaryEntry value in InOrder(values))
            {
                yield return NvsItem.Of(name, LanguagePrimitives.ConvertTo<string>(value.Key), Plain(value.Value)!);
            }
        }
    }

    /// <summary>The object without PowerShell's wrapping; a list of bytes becomes an array.</summary>
    public static object? Plain(object? value) => Arguments.BaseOf(value) switch
    {
        object[] items when items.Length > 0 && items.All(item => Arguments.BaseOf(item) is byte) => items.Select(item => (byte)Arguments.BaseOf(item)!).ToArray(),
        object plain => plain,
        null => null,
    };

    private static IEnumerable<DictionaryEntry> InOrder(IDictionary table)
    {
        IEnumerable<DictionaryEntry> entries = table.Cast<DictionaryEntry>();
        return table is IOrderedDictionary ? entries : entries.OrderBy(entry => LanguagePrimitives.ConvertTo<string>(entry.Key), StringComparer.Ordinal);
    }

    /// <summary>A property of a row as text; empty for none.</summary>
    public static string Text(PSObject row, string name) => Property(row, name) is { } value ? LanguagePrimitives.ConvertTo<string>(value) : string.Empty;

    private static object? Property(PSObject row, string name) =>
        Arguments.BaseOf(row) is IDictionary table ? Arguments.BaseOf(table[name]) : Arguments.BaseOf(row.Properties[name]?.Value);
}
