using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Compat;

/// <summary>A JSON value with its line, for precise error messages.</summary>
internal sealed class JsonValue(JsonKind kind, int line)
{
    /// <summary>The kind of the value.</summary>
    public JsonKind Kind { get; } = kind;

    /// <summary>The line of its start, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Unescaped text; a number, true, false and null as spelled; empty for arrays and objects.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Items of an array.</summary>
    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    /// <summary>Members of an object, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonValue>> Members { get; init; } = [];

    /// <summary>Finds a member by name; null when there is none.</summary>
    public JsonValue? this[string name] => Members.Where(member => member.Key == name).Select(member => member.Value).FirstOrDefault();
}
