using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.HelpBuilder.Markdown;

/// <summary>Markdown text as a console shows it.</summary>
internal static partial class PlainText
{
    /// <summary>Removes the marks of code, strong text and links. A link to the web keeps its address.</summary>
    public static string From(string text)
    {
        string linked = LinkForm().Replace(text, match => match.Groups["address"].Value.StartsWith("http", System.StringComparison.Ordinal)
            ? $"{match.Groups["text"].Value} ({match.Groups["address"].Value})"
            : match.Groups["text"].Value);
        return linked.Replace("**", string.Empty).Replace("`", string.Empty);
    }

    /// <summary>The text and the address of each link.</summary>
    public static IEnumerable<(string Text, string Address)> Links(string text)
    {
        foreach (Match match in LinkForm().Matches(text))
        {
            yield return (match.Groups["text"].Value, match.Groups["address"].Value);
        }
    }

    /// <summary>Breaks text into lines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">Text before the first line.</param>
    /// <param name="rest">Text before the other lines.</param>
    /// <param name="width">Longest line in characters, prefix included.</param>
    public static string Wrap(string text, string first, string rest, int width)
    {
        var result = new StringBuilder();
        var line = new StringBuilder(first);
        bool isEmpty = true;
        foreach (string word in text.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                result.Append(line).Append('\n');
                line.Clear().Append(rest);
                isEmpty = true;
            }

            line.Append(isEmpty ? string.Empty : " ").Append(word);
            isEmpty = false;
        }

        return result.Append(line).ToString();
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<address>[^)]*)\)")]
    private static partial Regex LinkForm();
}
