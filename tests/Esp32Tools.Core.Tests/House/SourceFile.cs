using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Esp32Tools.Core.Tests.House;

/// <summary>One C# file as the house tests see it.</summary>
internal sealed class SourceFile
{
    // Raw, verbatim and plain text, a character, then both kinds of comment: whichever begins first.
    private static readonly Regex s_notCode = new(
        """"
        """.*?"""|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*.*?\*/
        """",
        RegexOptions.Singleline);
    private static readonly Regex s_namespace = new(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline);
    private static readonly Regex s_topLevelType = new(
        @"^(?:(?<access>public|internal|file) )?(?:(?:sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*(?:class|struct|enum|interface|record(?:\s+(?:struct|class))?|delegate\s+[\w<>?\[\],.]+)\s+(?<name>\w+)",
        RegexOptions.Multiline);

    /// <param name="name">Path with forward slashes from the root of the repository.</param>
    /// <param name="text">What is in it.</param>
    public SourceFile(string name, string text)
    {
        Name = name;
        Text = text;
        Code = s_notCode.Replace(text, match => match.Value[0] == '/' ? string.Empty : "\"\"");
        Lines = text.Count(letter => letter == '\n');
        Namespace = s_namespace.Match(Code) is { Success: true } match ? match.Groups[1].Value : null;
        Match[] types = s_topLevelType.Matches(Code).Cast<Match>().ToArray();
        Types = [.. types.Select(type => type.Groups["name"].Value)];
        PublicTypes = [.. types.Where(type => type.Groups["access"].Value == "public").Select(type => type.Groups["name"].Value)];
    }

    /// <summary>Path from the root of the repository, with forward slashes.</summary>
    public string Name { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The text without comments and without what stands in quotation marks.</summary>
    public string Code { get; }

    /// <summary>Name of the file up to its first dot.</summary>
    public string Stem => Path.GetFileName(Name).Split('.')[0];

    /// <summary>How many lines it has.</summary>
    public int Lines { get; }

    /// <summary>Its file-scoped namespace; null when it has none.</summary>
    public string? Namespace { get; }

    /// <summary>Names of the public types at top level.</summary>
    public IReadOnlyList<string> PublicTypes { get; }

    /// <summary>Names of all types at top level.</summary>
    public IReadOnlyList<string> Types { get; }
}
