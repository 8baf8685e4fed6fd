using System;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>A key argument: the file that holds it, or its bytes. Never shows bytes.</summary>
public sealed class KeyArgument
{
    /// <summary>A file.</summary>
    public KeyArgument(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>Bytes. The caller must clear them afterwards.</summary>
    public KeyArgument(byte[] bytes) => Bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));

    // The binder would put an error of its own in the place of this one, so the cmdlet throws it.
    internal KeyArgument(InputException refusal) => Refusal = refusal;

    /// <summary>Path of the file as it was given; null when bytes were.</summary>
    public string? Path { get; }

    /// <summary>True when wildcard letters in the path are plain letters.</summary>
    internal bool IsLiteral { get; init; }

    internal byte[]? Bytes { get; }

    /// <summary>Why text is not taken as a key; null when it is. Whoever reads the key throws it.</summary>
    internal InputException? Refusal { get; }

    /// <summary>The path, or words in its place, for messages.</summary>
    internal string Name => NameOf(Path);

    /// <summary>A copy of the bytes, for whoever clears it; none when a file was given.</summary>
    public byte[] ToBytes() => (byte[]?)Bytes?.Clone() ?? [];

    /// <summary>The path, or three stars.</summary>
    public override string ToString() => Path ?? "***";

    /// <summary>A path, or words in its place, for messages.</summary>
    internal static string NameOf(string? path) => path ?? "the key that was given";
}
