using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Chips;

/// <summary>The facts of one chip in the notes, read as <c>chips.json</c> says in its own head.</summary>
internal static class ChipFactsFile
{
    private static readonly Lazy<JsonElement> s_chips = new(
        () => JsonDocument.Parse(File.ReadAllText(SharedFiles.Note("chips.json"))).RootElement.GetProperty("chips"));

    /// <summary>Keys of all chips of the catalogue.</summary>
    public static IEnumerable<string> Keys => ChipCatalog.All.Select(chip => chip.Key);

    /// <summary>A section of a chip.</summary>
    public static JsonElement Section(string key, string section) => s_chips.Value.GetProperty(key).GetProperty(section);

    /// <summary>True when a member is there and not null.</summary>
    public static bool Has(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>A number: hexadecimal text, or decimal.</summary>
    public static uint Number(this JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetUInt32()
        : uint.Parse(element.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>A number in a member; 0 when it is not there.</summary>
    public static uint Number(this JsonElement element, string name) => element.Has(name) ? element.GetProperty(name).Number() : 0;

    /// <summary>The pieces of a field, lowest bits first, none across two words.</summary>
    public static BitPart[] Field(this JsonElement field)
    {
        if (field.TryGetProperty("parts", out JsonElement parts))
        {
            return [.. parts.EnumerateArray().OrderBy(part => part.GetProperty("bit").GetInt32()).SelectMany(Field)];
        }

        uint register = field.GetProperty("register").Number();
        int shift = field.GetProperty("shift").GetInt32();
        int bits = field.GetProperty("bits").GetInt32();
        int first = Math.Min(bits, 32 - shift);
        return first == bits
            ? [new BitPart(register, shift, bits)]
            : [new BitPart(register, shift, first), new BitPart(register + 4, 0, bits - first)];
    }
}
