using System;
using System.Globalization;

namespace Esp32Tools.FactoryData;

/// <summary>Cells of a table as text, the same in every culture.</summary>
internal static class FactoryText
{
    /// <summary>True when a cell holds nothing.</summary>
    public static bool IsBlank(object? cell) => cell is null or DBNull || (cell is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>The text of a cell; null when it is of a type that has more than one.</summary>
    public static string? Of(object? cell) => cell switch
    {
        string text => text,
        char letter => letter.ToString(),
        Guid id => id.ToString(),
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal => Convert.ToString(cell, CultureInfo.InvariantCulture),

        // Spreadsheets hold whole numbers this way, too.
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
