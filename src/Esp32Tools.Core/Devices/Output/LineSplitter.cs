using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.Devices.Output;

/// <summary>
/// Splits bytes into lines of text: UTF-8 across reads, any line ending, no terminal colours. Bytes that are
/// not UTF-8 (a boot log at another baud rate) become U+FFFD.
/// </summary>
internal sealed class LineSplitter
{
    // Input without a line feed in this many characters is not text; it is cut to bound the memory.
    private const int LongestLine = 16384;

    // ECMA-48, section 5.4: control sequences, which logs use for colours.
    private static readonly Regex s_controlSequence = new(@"\x1B\[[0-?]*[ -/]*[@-~]", RegexOptions.CultureInvariant);

    private readonly Decoder _decoder = new UTF8Encoding().GetDecoder();
    private readonly StringBuilder _line = new();

    /// <summary>The input of an unfinished line, such as a prompt.</summary>
    public string Pending => Clean(_line.ToString());

    /// <summary>Takes bytes.</summary>
    /// <returns>The lines that these bytes complete.</returns>
    public IReadOnlyList<string> Add(byte[] bytes, int count)
    {
        var text = new char[_decoder.GetCharCount(bytes, 0, count)];
        _decoder.GetChars(bytes, 0, count, text, 0);
        List<string> lines = [];
        foreach (char letter in text)
        {
            if (letter != '\n')
            {
                _line.Append(letter);
            }

            if (letter == '\n' || _line.Length == LongestLine)
            {
                lines.Add(TakePending());
            }
        }

        return lines;
    }

    /// <summary>Returns the unfinished line.</summary>
    public string TakePending()
    {
        string line = Pending;
        _line.Clear();
        return line;
    }

    private static string Clean(string line) => s_controlSequence.Replace(line.TrimEnd('\r'), string.Empty);
}
