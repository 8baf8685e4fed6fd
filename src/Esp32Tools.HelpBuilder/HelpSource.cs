using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.HelpBuilder.Markdown;
using Esp32Tools.HelpBuilder.Pages;

namespace Esp32Tools.HelpBuilder;

/// <summary>The folder with the help of one language.</summary>
internal sealed class HelpSource
{
    // The descriptions of parameters that many cmdlets share.
    private const string SharedParameters = "shared-parameters";

    private HelpSource(IReadOnlyList<MarkdownPage> abouts, IReadOnlyList<CommandPage> commands, IReadOnlyList<HelpParameter> shared)
    {
        Abouts = abouts;
        Commands = commands;
        Shared = shared;
    }

    /// <summary>The about topics.</summary>
    public IReadOnlyList<MarkdownPage> Abouts { get; }

    /// <summary>The pages of the cmdlets.</summary>
    public IReadOnlyList<CommandPage> Commands { get; }

    /// <summary>The shared parameters.</summary>
    public IReadOnlyList<HelpParameter> Shared { get; }

    /// <summary>Reads the pages of a folder.</summary>
    /// <exception cref="HelpSourceException">A page is not of its form.</exception>
    public static HelpSource Read(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)];
        ILookup<string, string> byKind = files.ToLookup(KindOf);
        return new HelpSource(
            [.. byKind["about"].Select(MarkdownPage.Read)],
            [.. byKind["command"].Select(CommandPageReader.Read)],
            [.. byKind[SharedParameters].Select(MarkdownPage.Read).SelectMany(ReadShared)]);
    }

    private static string KindOf(string file) => Path.GetFileNameWithoutExtension(file) switch
    {
        SharedParameters => SharedParameters,
        string name when name.StartsWith("about_", StringComparison.Ordinal) => "about",
        _ => "command",
    };

    private static IReadOnlyList<HelpParameter> ReadShared(MarkdownPage page) =>
        CommandPageReader.ReadParameters(Section.Cut(page, page.Blocks.Where(block => block is not Heading { Level: 1 }), 3));
}
