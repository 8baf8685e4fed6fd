using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.HelpBuilder.Markdown;

namespace Esp32Tools.HelpBuilder.Output;

/// <summary>Writes an about topic as text for a console 80 columns wide, in the form of PowerShell's own.</summary>
internal static class AboutTextWriter
{
    private const int Width = 78;
    private const string Indent = "    ";

    /// <summary>Makes the text.</summary>
    /// <exception cref="HelpSourceException">The page does not begin with its name and a SHORT DESCRIPTION.</exception>
    public static string Write(MarkdownPage page)
    {
        string name = Path.GetFileNameWithoutExtension(page.Path);
        if (page.Blocks is not [Heading { Level: 1 } title, Heading { Level: 2, Text: "SHORT DESCRIPTION" }, Paragraph summary, ..] || title.Text != name)
        {
            throw page.Wrong(1, $"An about topic begins with '# {name}', '## SHORT DESCRIPTION' and one paragraph.");
        }

        if (Indent.Length + summary.Text.Length > Width)
        {
            throw page.Wrong(summary.Line, "The short description has to fit one line: PowerShell lists the topic with the fifth line of its file.");
        }

        var text = new StringBuilder($"TOPIC\n{Indent}{name}\n\n");
        Block previous = title;
        foreach (Block block in page.Blocks.Skip(1))
        {
            bool isTight = previous is Heading || (previous is ListItem && block is ListItem);
            text.Append(isTight ? string.Empty : "\n").Append(Lines(page, block)).Append('\n');
            previous = block;
        }

        return text.ToString();
    }

    private static string Lines(MarkdownPage page, Block block) => block switch
    {
        Heading { Level: 2 } heading => PlainText.From(heading.Text).ToUpperInvariant(),
        Heading { Level: 3 } heading => "  " + PlainText.From(heading.Text),
        Paragraph paragraph => PlainText.Wrap(PlainText.From(paragraph.Text), Indent, Indent, Width),
        ListItem item => ItemLines(item),
        Code code => string.Join('\n', code.Text.Split('\n').Select(line => (Indent + Indent + line).TrimEnd())),
        Table table => string.Join('\n', TableLines(table)),
        _ => throw page.Wrong(block.Line, "An about topic has headings of two and three hash signs."),
    };

    private static string ItemLines(ListItem item)
    {
        string mark = $"{Indent}{item.Mark} ";
        return PlainText.Wrap(PlainText.From(item.Text), mark, new string(' ', mark.Length), Width);
    }

    // Each column but the last is as wide as its content; the last one wraps.
    private static IEnumerable<string> TableLines(Table table)
    {
        string[][] rows = [.. table.Rows.Select(row => row.Select(PlainText.From).ToArray())];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length) + 2)];
        string rest = new(' ', Indent.Length + widths.Sum());
        foreach (string[] row in rows)
        {
            string first = Indent + string.Concat(widths.Select((width, column) => row[column].PadRight(width)));
            yield return PlainText.Wrap(row[^1], first, rest, Math.Max(Width, rest.Length + 30));
            if (row == rows[0])
            {
                yield return Indent + string.Concat(widths.Select(width => new string('-', width - 2) + "  ")) + new string('-', Math.Min(row[^1].Length, 30));
            }
        }
    }
}
