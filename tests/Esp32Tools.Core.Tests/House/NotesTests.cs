using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>What a comment cites is in the repository: the page, the section of it, the member of a file of facts.</summary>
public sealed class NotesTests
{
    private const string Vectors = "tests/Vectors/";

    // "protocol.md, sections 2 and 9"; the list of numbers may go on with commas, "and" and "to".
    private static readonly Regex s_page = new(@"(?<![\w/*])(?<path>(?:[\w-]+/)*[\w-]+\.md)\b(?<!README\.md)(?:,\s+sections?\s+(?<sections>\d+(?:(?:,\s+|\s+and\s+|\s+to\s+)\d+)*))?");
    private static readonly Regex s_member = new(@"\bchips\.json, (?<name>\w+)");
    private static readonly Regex s_comment = new(@"^\s*(?:///?|#)(?<text>.*)$|(?<=[;{},]\s+)//(?<text>.*)$", RegexOptions.Multiline);

    // Names by which pages were cited that nobody can look up.
    private static readonly Regex s_vague = new(@"\b(?:protocol|eFuse|chip|table) notes\b|\bchip facts,|\befuse-rules\b(?!\.md)|\.\./shared\b");

    private static IEnumerable<(string File, string Text)> Comments =>
        from name in SourceTree.All()
        where IsSource(name)
        select (name, string.Join("\n", s_comment.Matches(File.ReadAllText(SharedFiles.InRepository(name))).Select(match => match.Groups["text"].Value.Trim())));

    [Fact]
    public void Pages_that_comments_cite_exist_with_their_sections()
    {
        (string File, Match Citation)[] citations = [.. from comment in Comments from match in s_page.Matches(comment.Text) select (comment.File, match)];
        Assert.True(citations.Count(citation => citation.Citation.Groups["sections"].Success) > 60, "The citations are not found any more.");
        Assert.Empty(from citation in citations
                     from problem in Problems(citation.Citation)
                     select $"{citation.File}: {problem}");
    }

    [Fact]
    public void Members_of_the_chip_facts_that_comments_cite_exist()
    {
        string facts = File.ReadAllText(SharedFiles.Note("chips.json"));
        string[] cited = [.. from comment in Comments from match in s_member.Matches(comment.Text) select match.Groups["name"].Value];
        Assert.NotEmpty(cited);
        Assert.All(cited, name => Assert.Contains($"\"{name}\":", facts));
    }

    [Fact]
    public void Nothing_outside_the_repository_is_cited() =>
        Assert.Empty(from comment in Comments
                     from match in s_vague.Matches(comment.Text)
                     select $"{comment.File}: {match.Value}");

    [Fact]
    public void Sections_of_a_note_are_counted_without_a_gap() =>
        Assert.All(Directory.GetFiles(SharedFiles.Note(), "*.md").Where(path => Sections(path).Count > 0), path =>
            Assert.Equal(Enumerable.Range(1, Sections(path).Count), Sections(path)));

    private static bool IsSource(string name) =>
        (name.StartsWith("src/", StringComparison.Ordinal) || name.StartsWith("tests/", StringComparison.Ordinal))
        && Path.GetExtension(name) is ".cs" or ".ps1" or ".props" or ".targets";

    private static IEnumerable<string> Problems(Match citation)
    {
        string path = citation.Groups["path"].Value;
        string full = path.Contains('/') ? SharedFiles.InRepository(path) : SharedFiles.InRepository("tests", "Notes", path);
        if (!File.Exists(full))
        {
            yield return $"there is no {path}";
        }
        else if (citation.Groups["sections"] is { Success: true } sections)
        {
            IReadOnlyList<int> there = Sections(full);
            foreach (Match number in Regex.Matches(sections.Value, @"\d+"))
            {
                if (!there.Contains(int.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture)))
                {
                    yield return $"{path} has no section {number.Value}";
                }
            }
        }
    }

    private static IReadOnlyList<int> Sections(string path) =>
        [.. Regex.Matches(File.ReadAllText(path), @"^## (\d+)\. ", RegexOptions.Multiline).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
}
