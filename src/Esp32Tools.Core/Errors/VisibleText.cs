using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Esp32Tools.Errors;

/// <summary>
/// Text of files, devices and users on its way to a screen. A terminal obeys escape sequences (ECMA-48), and directional and
/// invisible characters make text look like another one: they are shown as escapes. Properties of objects keep the true text.
/// </summary>
public static class VisibleText
{
    // A path or a sentence fits a line; a cell of a megabyte does not.
    private const int LongestLine = 1000;
    private const int LongestQuote = 200;
    private const int LongestText = 1 << 15;
    private const string Gap = " [...] ";

    /// <summary>Text in one line, with each character that is not visible as an escape, such as <c>\x1B</c> or <c>\u202E</c>.</summary>
    /// <param name="value">Text; any other object is returned as it is.</param>
    public static object? Of(object? value) => value is string text ? Escape(text, keepsLines: false) : value;

    /// <summary>True for a name as it is, and as <see cref="Of"/> shows it: who reads a name on a screen can look it up.</summary>
    /// <param name="name">The name that a thing has.</param>
    /// <param name="given">The name that is looked up.</param>
    public static bool IsName(string name, string given) => name == given || Escape(name, keepsLines: false) == given;

    /// <summary>Text as <see cref="Of"/> shows it, for a message: its lines remain, and what is too long to read is shortened.</summary>
    /// <param name="text">The message.</param>
    public static string Message(string text)
    {
        string cut = text.Length <= LongestText ? text : Shorten(text, LongestText);
        return cut.Length <= LongestLine ? Escape(cut, keepsLines: true)
            : Escape(string.Join("\n", cut.Split('\n').Select(ShortenLine)), keepsLines: true);
    }

    private static string ShortenLine(string line) => line.Length <= LongestLine ? line
        : Shorten(string.Join("'", line.Split('\'').Select(part => Shorten(part, LongestQuote))), LongestLine);

    private static string Shorten(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        int end = limit / 4;
        return text.Substring(0, limit - end - Gap.Length) + Gap + text.Substring(text.Length - end);
    }

    private static string Escape(string text, bool keepsLines)
    {
        if (!Enumerable.Range(0, text.Length).Any(i => IsHidden(text, i, keepsLines)))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i, keepsLines))
            {
                shown.Append(EscapeOf(text[i]));
            }
            else
            {
                shown.Append(text[i]);
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(string text, int at, bool keepsLines) => text[at] switch
    {
        '\n' => !keepsLines,
        '\r' => !keepsLines || at + 1 == text.Length || text[at + 1] != '\n',
        >= ' ' and <= '~' => false,
        _ => CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator || IsHalf(text, at),
    };

    // A half of a pair without the other half; the second of a pair goes with the first.
    private static bool IsHalf(string text, int at) => char.IsSurrogate(text[at])
        && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        && !(at > 0 && char.IsSurrogatePair(text[at - 1], text[at]));

    private static string EscapeOf(char letter) => letter switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < '\u0100' => "\\x" + ((int)letter).ToString("X2", CultureInfo.InvariantCulture),
        _ => "\\u" + ((int)letter).ToString("X4", CultureInfo.InvariantCulture),
    };
}
