using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.Devices.Output;

/// <summary>
/// Cuts bytes into lines of text: UTF-8 across the borders of reads, any line ending, no terminal colours. Bytes that are
/// no UTF-8 (a boot log at another baud rate) become U+FFFD and do no harm.
/// </summary>
internal sealed class LineSplitter
{
    // Without a line feed in this many characters what arrives is no text; it is cut so that memory has a bound.
    private const int LongestLine = 16384;

    // ECMA-48, section 5.4: control sequences, as logs use them for colours.
    private static readonly Regex s_controlSequence = new(@"\x1B\[[0-?]*[ -/]*[@-~]", RegexOptions.CultureInvariant);

    private readonly Decoder _decoder = new UTF8Encoding().GetDecoder();
    private readonly StringBuilder _line = new();

    /// <summary>What has arrived of a line that has not ended, such as a prompt.</summary>
    public string Pending => Clean(_line.ToString());

    /// <summary>Takes bytes.</summary>
    /// <returns>The lines that they complete.</returns>
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

    /// <summary>Takes what is pending as a line.</summary>
    public string TakePending()
    {
        string line = Pending;
        _line.Clear();
        return line;
    }

    private static string Clean(string line) => s_controlSequence.Replace(line.TrimEnd('\r'), string.Empty);
}
