using System;

namespace Esp32Tools.HelpBuilder.Markdown;

/// <summary>A help page that cannot be used, with the place of the error.</summary>
internal sealed class HelpSourceException(string file, int line, string message) : Exception(message)
{
    /// <summary>The page.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
}
