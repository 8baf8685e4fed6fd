using System;
using System.Globalization;

namespace Esp32Tools.FactoryData;

/// <summary>Cells of a table as text, the same in every culture.</summary>
internal static class FactoryText
{
    /// <summary>True when a cell is empty.</summary>
    public static bool IsBlank(object? cell) => cell is null or DBNull || (cell is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>The text of a cell; null when its type has no unique text.</summary>
    public static string? Of(object? cell) => cell switch
    {
        string text => text,
        char letter => letter.ToString(),
        Guid id => id.ToString(),
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal => Convert.ToString(cell, CultureInfo.InvariantCulture),

        // Spreadsheets also store integers this way.
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
