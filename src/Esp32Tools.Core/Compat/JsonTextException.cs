using System;

namespace Esp32Tools.Compat;

/// <summary>Text that is not JSON.</summary>
internal sealed class JsonTextException(int line, string what) : FormatException($"Line {line}: {what}")
{
    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The error, as the end of a sentence that begins with the line.</summary>
    public string What { get; } = what;
}
