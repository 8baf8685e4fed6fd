using System.Collections.Generic;
using System.Linq;
using Esp32Tools.HelpBuilder.Markdown;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>A heading and the blocks under it, up to the next heading of its level.</summary>
internal sealed record Section(MarkdownPage Page, Heading Heading, IReadOnlyList<Block> Blocks)
{
    /// <summary>Splits blocks into sections. No block may precede the first heading.</summary>
    public static IReadOnlyList<Section> Cut(MarkdownPage page, IEnumerable<Block> blocks, int level)
    {
        List<(Heading Heading, List<Block> Blocks)> sections = [];
        foreach (Block block in blocks)
        {
            if (block is Heading heading && heading.Level == level)
            {
                sections.Add((heading, []));
            }
            else if (sections.Count == 0)
            {
                throw page.Wrong(block.Line, $"A heading with {level} hash signs has to stand before this.");
            }
            else
            {
                sections[^1].Blocks.Add(block);
            }
        }

        return [.. sections.Select(section => new Section(page, section.Heading, section.Blocks))];
    }

    /// <summary>The sections one level down.</summary>
    public IReadOnlyList<Section> Parts() => Cut(Page, Blocks, Heading.Level + 1);

    /// <summary>The text as paragraphs for a console.</summary>
    public IReadOnlyList<string> Paragraphs() => [.. Blocks.Select(ToParagraph)];

    private string ToParagraph(Block block) => block switch
    {
        Paragraph paragraph => PlainText.From(paragraph.Text),
        ListItem item => $"{item.Mark} {PlainText.From(item.Text)}",
        Code code => string.Join('\n', code.Text.Split('\n').Select(line => "    " + line)),
        Heading heading => throw Page.Wrong(heading.Line, $"'{heading.Text}' has the wrong level for a heading here."),
        _ => throw Page.Wrong(block.Line, "Only text, lists and code can stand here: tables are for about topics."),
    };
}
