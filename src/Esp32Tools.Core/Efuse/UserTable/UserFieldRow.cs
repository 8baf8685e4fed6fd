using System.Collections.Generic;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>One row of a user's field table: a run of bits.</summary>
internal sealed class UserFieldRow
{
    /// <summary>Line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Name of its field with dots, even when the row omits it and continues the field above.</summary>
    public required string Path { get; init; }

    /// <summary>True when it continues the field above.</summary>
    public required bool IsContinued { get; init; }

    /// <summary>Other names, given in brackets before the comment.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The block as written.</summary>
    public required string Block { get; init; }

    /// <summary>First bit; null for the one after the row above.</summary>
    public required int? Start { get; init; }

    /// <summary>Number of bits; null for the length of the block.</summary>
    public required int? Count { get; init; }

    /// <summary>The comment without the brackets.</summary>
    public required string Comment { get; init; }

    /// <summary>Name of its field as the firmware and espefuse spell it.</summary>
    public string Name => ToName(Path);

    /// <summary>The name for a dotted path.</summary>
    public static string ToName(string path) => path.Replace('.', '_');
}
