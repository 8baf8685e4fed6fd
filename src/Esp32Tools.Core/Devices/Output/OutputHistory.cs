using System.Collections.Generic;

namespace Esp32Tools.Devices.Output;

/// <summary>The latest lines of an output, for the exception; an output has no end, so only so many.</summary>
internal sealed class OutputHistory
{
    private const int MostLines = 10_000;
    private const int MostLetters = 1 << 22;

    private readonly Queue<Esp32OutputLine> _lines = new();
    private int _letters;

    /// <summary>The lines, the oldest first.</summary>
    public IEnumerable<Esp32OutputLine> Lines => _lines;

    /// <summary>Adds a line, and drops the oldest ones when there are too many.</summary>
    public void Add(Esp32OutputLine line)
    {
        _lines.Enqueue(line);
        _letters += line.Text.Length;
        while (_lines.Count > MostLines || _letters > MostLetters)
        {
            _letters -= _lines.Dequeue().Text.Length;
        }
    }
}
