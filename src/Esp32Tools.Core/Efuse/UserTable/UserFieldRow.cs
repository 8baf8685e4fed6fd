using System.Collections.Generic;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>One row of a user's field table: a run of bits.</summary>
internal sealed class UserFieldRow
{
    /// <summary>Line of the file, from 1 on.</summary>
    public required int Line { get; init; }

    /// <summary>Name of its field with its dots, also where the row leaves it out and goes on with the field above.</summary>
    public required string Path { get; init; }

    /// <summary>True when it goes on with the field above.</summary>
    public required bool IsContinued { get; init; }

    /// <summary>Other names, which stand in brackets in front of the comment.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The block as it is written.</summary>
    public required string Block { get; init; }

    /// <summary>First bit; null for the one behind the row above.</summary>
    public required int? Start { get; init; }

    /// <summary>Number of bits; null for as many as the block has.</summary>
    public required int? Count { get; init; }

    /// <summary>The comment without the brackets.</summary>
    public required string Comment { get; init; }

    /// <summary>Name of its field as the firmware and espefuse spell it.</summary>
    public string Name => ToName(Path);

    /// <summary>The name of a path.</summary>
    public static string ToName(string path) => path.Replace('.', '_');
}
