using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace Esp32Tools.HelpBuilder.Markdown;

/// <summary>A Markdown file as a list of blocks: the part of Markdown that help pages need, and no more.</summary>
internal sealed partial class MarkdownPage
{
    private const string FrontMatterFence = "---";
    private const string CodeFence = "```";

    private readonly string[] _lines;
    private readonly List<Block> _blocks = [];
    private int _next;

    private MarkdownPage(string path, string[] lines)
    {
        Path = path;
        _lines = lines;
        SkipFrontMatter();
        while (_next < _lines.Length)
        {
            ReadBlock();
        }
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>Its blocks in order, without the front matter.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Reads a file.</summary>
    /// <exception cref="HelpSourceException">A fence is not closed.</exception>
    public static MarkdownPage Read(string path) => new(path, File.ReadAllLines(path));

    /// <summary>Makes the error about a line of this page.</summary>
    public HelpSourceException Wrong(int line, string message) => new(Path, line, message);

    [GeneratedRegex(@"^(?<hashes>#{1,6})\s+(?<text>.*?)\s*$")]
    private static partial Regex HeadingForm();

    [GeneratedRegex(@"^\s*(?<mark>-|\d+\.)\s+(?<text>.*)$")]
    private static partial Regex ListItemForm();

    [GeneratedRegex(@"^\|[\s:|-]+\|$")]
    private static partial Regex TableRuleForm();

    private void SkipFrontMatter()
    {
        if (_lines.Length > 0 && _lines[0] == FrontMatterFence)
        {
            _next = FindClosing(FrontMatterFence, 1) + 1;
        }
    }

    private void ReadBlock()
    {
        string line = _lines[_next];
        int number = _next + 1;
        if (line.Trim().Length == 0)
        {
            _next++;
        }
        else if (line.StartsWith(CodeFence, System.StringComparison.Ordinal))
        {
            int end = FindClosing(CodeFence, _next + 1);
            _blocks.Add(new Code(number, string.Join('\n', _lines[(_next + 1)..end])));
            _next = end + 1;
        }
        else if (HeadingForm().Match(line) is { Success: true } heading)
        {
            _blocks.Add(new Heading(number, heading.Groups["hashes"].Length, heading.Groups["text"].Value));
            _next++;
        }
        else if (line.StartsWith('|'))
        {
            _blocks.Add(new Table(number, ReadRows()));
        }
        else if (ListItemForm().Match(line) is { Success: true } item)
        {
            _next++;
            _blocks.Add(new ListItem(number, item.Groups["mark"].Value, ReadText(item.Groups["text"].Value)));
        }
        else
        {
            _next++;
            _blocks.Add(new Paragraph(number, ReadText(line)));
        }
    }

    // The lines of a paragraph or an item become one: line breaks in the source have no meaning.
    private string ReadText(string first)
    {
        List<string> parts = [first.Trim()];
        while (_next < _lines.Length && ContinuesText(_lines[_next]))
        {
            parts.Add(_lines[_next++].Trim());
        }

        return string.Join(' ', parts);
    }

    private static bool ContinuesText(string line) =>
        line.Trim().Length > 0
        && !line.StartsWith(CodeFence, System.StringComparison.Ordinal)
        && !line.StartsWith('|')
        && !HeadingForm().IsMatch(line)
        && !ListItemForm().IsMatch(line);

    private List<IReadOnlyList<string>> ReadRows()
    {
        List<IReadOnlyList<string>> rows = [];
        for (; _next < _lines.Length && _lines[_next].StartsWith('|'); _next++)
        {
            string line = _lines[_next].Trim();
            if (!TableRuleForm().IsMatch(line))
            {
                string[] cells = line.Trim('|').Split('|');
                rows.Add(System.Array.ConvertAll(cells, cell => cell.Trim()));
            }
        }

        return rows;
    }

    private int FindClosing(string fence, int from)
    {
        int end = System.Array.FindIndex(_lines, from, line => line.TrimEnd() == fence);
        return end >= 0 ? end : throw Wrong(from, $"The '{fence}' that is opened here is never closed.");
    }
}
