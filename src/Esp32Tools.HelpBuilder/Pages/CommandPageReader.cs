using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.HelpBuilder.Markdown;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>
/// Reads the page of a cmdlet. Its form is that of platyPS 0.14, without SYNTAX and the tables of the parameters, which are
/// made from the cmdlet's attributes.
/// </summary>
internal sealed class CommandPageReader
{
    private static readonly string[] s_sections =
        ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly MarkdownPage _page;
    private readonly Heading _title;
    private readonly IReadOnlyList<Section> _sections;

    private CommandPageReader(MarkdownPage page)
    {
        _page = page;
        Section whole = Section.Cut(page, page.Blocks, 1) is [Section only]
            ? only
            : throw page.Wrong(1, "The page needs one heading with one hash sign: the name of the cmdlet.");
        _title = whole.Heading;
        _sections = whole.Parts();
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="HelpSourceException">The page is not of the form.</exception>
    public static CommandPage Read(string path) => new CommandPageReader(MarkdownPage.Read(path)).Read();

    /// <summary>Reads descriptions of parameters: <c>-Name</c> headings and text.</summary>
    public static IReadOnlyList<HelpParameter> ReadParameters(IEnumerable<Section> parts) =>
        [.. parts.Select(part => part.Heading.Text.StartsWith('-')
            ? new HelpParameter(part.Heading.Text[1..], part.Heading.Line, NotEmpty(part))
            : throw part.Page.Wrong(part.Heading.Line, $"'{part.Heading.Text}' is no parameter: the heading is a hyphen and its name."))];

    private CommandPage Read()
    {
        if (_title.Text != Path.GetFileNameWithoutExtension(_page.Path))
        {
            throw _page.Wrong(_title.Line, $"The page of {_title.Text} has to be in {_title.Text}.md.");
        }

        string[] found = [.. _sections.Select(section => section.Heading.Text)];
        if (!found.SequenceEqual(s_sections))
        {
            Section? odd = _sections.Zip(s_sections).FirstOrDefault(pair => pair.First.Heading.Text != pair.Second).First;
            throw _page.Wrong(odd?.Heading.Line ?? _title.Line, $"The sections have to be, in this order: {string.Join(", ", s_sections)}.");
        }

        return new CommandPage
        {
            Path = _page.Path,
            Name = _title.Text,
            Synopsis = NotEmpty(_sections[0]) is [string sentence] ? sentence : throw Wrong(_sections[0], "The synopsis is one paragraph."),
            Description = NotEmpty(_sections[1]),
            Examples = [.. _sections[2].Parts().Select(ReadExample)],
            Parameters = ReadParameters(_sections[3].Parts()),
            Inputs = ReadTypes(_sections[4]),
            Outputs = ReadTypes(_sections[5]),
            Notes = _sections[6].Paragraphs(),
            Links = [.. _sections[7].Blocks.SelectMany(ReadLinks)],
        };
    }

    private static IReadOnlyList<string> NotEmpty(Section section) => section.Paragraphs() is { Count: > 0 } text
        ? text
        : throw Wrong(section, $"Nothing stands under '{section.Heading.Text}'.");

    private static IReadOnlyList<HelpType> ReadTypes(Section section) =>
        [.. section.Parts().Select(part => new HelpType(part.Heading.Text, part.Heading.Line, part.Paragraphs()))];

    private static HelpExample ReadExample(Section example, int index)
    {
        string start = $"Example {index + 1}: ";
        if (!example.Heading.Text.StartsWith(start, StringComparison.Ordinal))
        {
            throw Wrong(example, $"The heading has to begin with '{start}'.");
        }

        Code code = example.Blocks.FirstOrDefault() as Code ?? throw Wrong(example, "An example begins with its code.");
        Section remarks = example with { Blocks = [.. example.Blocks.Skip(1)] };
        return new HelpExample(example.Heading.Text, code.Text, remarks.Paragraphs());
    }

    private IEnumerable<HelpLink> ReadLinks(Block block)
    {
        string text = block is ListItem item ? item.Text : throw _page.Wrong(block.Line, "A related link is an item of a list.");
        foreach ((string name, string address) in PlainText.Links(text))
        {
            bool isPage = address.EndsWith(".md", StringComparison.Ordinal);
            if (isPage && !File.Exists(Path.Combine(Path.GetDirectoryName(_page.Path)!, address)))
            {
                throw _page.Wrong(block.Line, $"There is no page {address}.");
            }

            yield return new HelpLink(name, isPage ? string.Empty : address);
        }
    }

    private static HelpSourceException Wrong(Section section, string message) => section.Page.Wrong(section.Heading.Line, message);
}
