using System;

namespace Esp32Tools.Compat;

/// <summary>Text that is no JSON.</summary>
internal sealed class JsonTextException(int line, string what) : FormatException($"Line {line}: {what}")
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong, as the end of a sentence that begins with the line.</summary>
    public string What { get; } = what;
}
