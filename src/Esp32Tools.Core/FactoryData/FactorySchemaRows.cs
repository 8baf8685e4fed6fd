using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>
/// A schema from objects: <c>Key</c>, <c>Encoding</c>, <c>Namespace</c> (default: that of the previous object), and optionally
/// <c>Type</c> (<c>data</c>, <c>file</c>, <c>namespace</c>, or the encoding), <c>Repeat</c>, <c>Optional</c>, <c>Unique</c>,
/// <c>Minimum</c> and <c>Maximum</c> (or <c>Min</c>, <c>Max</c>), <c>Pattern</c>, and <c>Column</c> when its name differs from
/// the key.
/// </summary>
internal static class FactorySchemaRows
{
    private static readonly string[] s_known =
    [
        "Namespace", "Key", "Column", "Type", "Encoding", "Repeat", "Optional", "Unique", "Min", "Minimum", "Max", "Maximum", "Pattern", "Description",
    ];

    private static readonly string[] s_yes = ["1", "true", "yes", "repeat", "optional", "unique"];
    private static readonly string[] s_no = ["", "0", "false", "no"];

    public static FactorySchema Read(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        var builder = new FactorySchemaBuilder();
        int number = 0;
        foreach (IReadOnlyDictionary<string, object?> row in rows)
        {
            number++;
            try
            {
                Add(builder, row);
            }
            catch (InputException error)
            {
                throw NvsErrors.At($"Row {number} of the schema", error, error.Target);
            }
        }

        return builder.Build() ?? throw Invalid("The schema has no keys.", "Give an object with Namespace, Key and Encoding for each.");
    }

    private static void Add(FactorySchemaBuilder builder, IReadOnlyDictionary<string, object?> row)
    {
        if (row.Keys.FirstOrDefault(name => !s_known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Invalid($"There is no property '{unknown}'.", $"There are {string.Join(", ", s_known)}.");
        }

        string type = Text(row, "Type");
        string key = Text(row, "Key");
        if (type.Equals("namespace", StringComparison.OrdinalIgnoreCase))
        {
            builder.Begin(key);
            return;
        }

        string nameSpace = Text(row, "Namespace") is { Length: > 0 } named ? named : builder.Namespace ?? string.Empty;
        if (nameSpace != builder.Namespace)
        {
            builder.Begin(nameSpace);
        }

        bool isFile = type.Equals("file", StringComparison.OrdinalIgnoreCase);
        bool isEncoding = !isFile && type.Length > 0 && !type.Equals("data", StringComparison.OrdinalIgnoreCase);
        string encoding = Text(row, "Encoding") is { Length: > 0 } given ? given : isEncoding ? type : string.Empty;
        builder.Add(new FactoryField
        {
            Column = Text(row, "Column") is { Length: > 0 } column ? column : key,
            Namespace = nameSpace,
            Key = key,
            Encoding = NvsEncoding.Parse(encoding),
            IsFile = isFile,
            IsRepeated = Flag(row, "Repeat"),
            IsOptional = Flag(row, "Optional"),
            IsUnique = Flag(row, "Unique"),
            Minimum = Number(row, "Minimum") ?? Number(row, "Min"),
            Maximum = Number(row, "Maximum") ?? Number(row, "Max"),
            Pattern = Expression(row),
        });
    }

    private static string Text(IReadOnlyDictionary<string, object?> row, string name) => FactoryText.Of(Value(row, name))?.Trim() ?? string.Empty;

    private static bool Flag(IReadOnlyDictionary<string, object?> row, string name)
    {
        if (Value(row, name) is bool flag)
        {
            return flag;
        }

        string text = Text(row, name);
        return s_yes.Contains(text, StringComparer.OrdinalIgnoreCase)
            || (s_no.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : throw Invalid($"{name} '{text}' is neither true nor false.", "Give true or false."));
    }

    private static decimal? Number(IReadOnlyDictionary<string, object?> row, string name)
    {
        string text = Text(row, name);
        return text.Length == 0 ? null
            : decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number
            : throw Invalid($"{name} '{text}' is no whole number.", "Give a decimal number.");
    }

    private static Regex? Expression(IReadOnlyDictionary<string, object?> row)
    {
        object? value = Value(row, "Pattern");
        if (value is Regex made)
        {
            return made;
        }

        string text = value as string ?? string.Empty;
        try
        {
            return text.Length == 0 ? null : UserPattern.Make(text, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            throw new InputException(ErrorCode.ValueInvalid, $"The pattern is no regular expression: {error.Message}", "Correct the pattern.", error);
        }
    }

    private static object? Value(IReadOnlyDictionary<string, object?> row, string name) => row
        .Where(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(property => property.Value)
        .FirstOrDefault();

    private static InputException Invalid(string message, string advice) => new(ErrorCode.ValueInvalid, message, advice);
}
