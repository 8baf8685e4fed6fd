using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Compat;

/// <summary>A JSON value that knows its line, so that whoever reads it can complain precisely.</summary>
internal sealed class JsonValue(JsonKind kind, int line)
{
    /// <summary>What it is.</summary>
    public JsonKind Kind { get; } = kind;

    /// <summary>The line that it begins on, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Text as it is meant; a number, true, false and null as they are spelled; empty for lists and tables.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Items of a list.</summary>
    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    /// <summary>Members of a table, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonValue>> Members { get; init; } = [];

    /// <summary>The member of a name; null when there is none.</summary>
    public JsonValue? this[string name] => Members.Where(member => member.Key == name).Select(member => member.Value).FirstOrDefault();
}
