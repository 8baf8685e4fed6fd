using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Esp32Tools.HelpBuilder.Markdown;
using Esp32Tools.HelpBuilder.Metadata;
using Esp32Tools.HelpBuilder.Output;
using Esp32Tools.HelpBuilder.Pages;

namespace Esp32Tools.HelpBuilder;

/// <summary>
/// Makes <c>Esp32Tools.dll-Help.xml</c> and <c>about_*.help.txt</c>. Errors and warnings have the form that MSBuild
/// recognizes: file, line, code, message.
/// </summary>
internal static class Program
{
    private const string Usage = "Usage: Esp32Tools.HelpBuilder <module assembly> <folder of pages> <output folder> [<referenced assembly>...]";

    private static int Main(string[] arguments)
    {
        if (arguments is not [string assembly, string pages, string output, .. string[] references])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            Build(assembly, HelpSource.Read(pages), output, references);
            return 0;
        }
        catch (HelpSourceException wrong)
        {
            Report(wrong.File, wrong.Line, "error ESP32TOOLS003", wrong.Message);
            return 1;
        }
    }

    private static void Build(string assembly, HelpSource source, string output, IReadOnlyList<string> references)
    {
        Directory.CreateDirectory(output);
        foreach (MarkdownPage about in source.Abouts)
        {
            string file = Path.GetFileNameWithoutExtension(about.Path) + ".help.txt";
            File.WriteAllText(Path.Combine(output, file), AboutTextWriter.Write(about));
        }

        IReadOnlyList<CmdletInfo> cmdlets = ModuleReader.Read(assembly, references);
        List<CommandHelp> commands =
        [
            .. from page in source.Commands
               join cmdlet in cmdlets on page.Name equals cmdlet.Name
               select new CommandHelp(cmdlet, page, source.Shared),
        ];
        ReportGaps(source, cmdlets, commands);
        var help = new XDocument(MamlWriter.Write(commands)) { Declaration = new XDeclaration("1.0", "utf-8", null) };
        help.Save(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"));
    }

    // Differences between pages and cmdlets are warnings: help is made all the same.
    private static void ReportGaps(HelpSource source, IReadOnlyList<CmdletInfo> cmdlets, IReadOnlyList<CommandHelp> commands)
    {
        IEnumerable<string> written = commands.Select(command => command.Cmdlet.Name);
        foreach (string name in cmdlets.Select(cmdlet => cmdlet.Name).Except(written))
        {
            Warn(Path.Combine(Path.GetDirectoryName(source.Commands[0].Path)!, name + ".md"), 1, $"There is no page about {name}.");
        }

        foreach (CommandPage page in source.Commands.ExceptBy(written, page => page.Name))
        {
            Warn(page.Path, 1, $"There is no cmdlet {page.Name}.");
        }

        foreach (CommandHelp command in commands)
        {
            foreach ((int line, string message) in command.Gaps())
            {
                Warn(command.Page.Path, line, message);
            }
        }
    }

    private static void Warn(string file, int line, string message) => Report(file, line, "warning ESP32TOOLS002", message);

    private static void Report(string file, int line, string kind, string message) =>
        Console.Error.WriteLine($"{Path.GetFullPath(file)}({line}): {kind}: {message}");
}
