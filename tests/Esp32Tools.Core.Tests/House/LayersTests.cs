using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

public sealed class LayersTests
{
    private const string PowerShell = "System.Management.Automation";

    private static readonly Dictionary<string, string[]> s_typesByPart = Layers.Core.Keys.ToDictionary(
        folder => folder,
        folder => SourceTree.CSharp("src", "Esp32Tools.Core", folder).SelectMany(file => file.Types).ToArray());

    public static TheoryData<string> Folders => [.. Layers.Core.Keys];

    public static TheoryData<string> Projects => [.. Layers.Projects.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_of_Core_sees_only_the_layers_to_its_left(string folder) =>
        AssertArrows(SourceTree.CSharp("src", "Esp32Tools.Core", folder), [folder, .. Layers.Core[folder]]);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_sees_only_what_it_may(string project) =>
        AssertArrows(SourceTree.CSharp("src", project), Layers.Projects[project]);

    [Fact]
    public void Every_folder_of_Core_has_its_place_in_the_layers() =>
        Assert.Empty(SourceTree.FoldersIn("src", "Esp32Tools.Core").Except(Layers.Core.Keys));

    [Fact]
    public void Every_project_has_its_place_in_the_layers() =>
        Assert.Empty(SourceTree.FoldersIn("src").Except(["Esp32Tools.Core", "Stubs"]).Except(Layers.Projects.Keys));

    [Fact]
    public void No_layer_can_see_a_layer_that_sees_it()
    {
        string[] cycles = [.. Layers.Core.Keys.Where(folder => Reach(folder).Contains(folder))];
        Assert.Empty(cycles);
    }

    [Fact]
    public void Simulator_takes_from_Efuse_the_tables_alone() =>
        Assert.Equal(
            ["src/Esp32Tools.Simulator/Efuse/FuseMap.cs"],
            SourceTree.CSharp("src", "Esp32Tools.Simulator")
                .Where(file => file.Code.Contains("using Esp32Tools.Efuse;", StringComparison.Ordinal))
                .Select(file => file.Name));

    [Fact]
    public void Only_the_cmdlets_see_PowerShell()
    {
        string[] offenders =
        [
            .. SourceTree.FoldersIn("src").Where(project => project != Layers.PowerShellProject)
                .SelectMany(project => SourceTree.CSharp("src", project))
                .Where(file => file.Code.Contains(PowerShell, StringComparison.Ordinal))
                .Select(file => file.Name),
        ];
        Assert.Empty(offenders);
    }

    // The lock file has all that a restore takes: the surface of .NET Standard, and an analyzer that the compiler runs.
    [Fact]
    public void Core_takes_no_packages()
    {
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(SharedFiles.InRepository("src", "Esp32Tools.Core", "packages.lock.json")));
        Assert.Equal(
            ["Microsoft.CodeAnalysis.PublicApiAnalyzers", "Microsoft.NETCore.Platforms", "NETStandard.Library"],
            locked.RootElement.GetProperty("dependencies").GetProperty(".NETStandard,Version=v2.0").EnumerateObject().Select(package => package.Name).Order());
    }

    [Fact]
    public void Only_the_catalogue_names_a_chip()
    {
        string[] chips = [.. s_typesByPart["Chips"].Where(type => type.StartsWith("Esp32", StringComparison.Ordinal))];
        Assert.NotEmpty(chips);
        string[] offenders =
        [
            .. SourceTree.CSharp("src").Where(file => !file.Name.StartsWith("src/Esp32Tools.Core/Chips/", StringComparison.Ordinal))
                .Where(file => chips.Any(chip => file.Code.Contains($"{chip}.Definition", StringComparison.Ordinal)))
                .Select(file => file.Name),
        ];
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("using Esp32Tools.Devices;", "Devices")]
    [InlineData("using static Esp32Tools.Devices.Something;", "Devices")]
    [InlineData("using Alias = Esp32Tools.Devices.Something;", "Devices")]
    [InlineData("namespace Esp32Tools.Framing;\nclass A { global::Esp32Tools.Devices.Something? s; }", "Devices")]
    [InlineData("namespace Esp32Tools.Framing;\nclass A { object s = new Devices.Something(); }", "Devices")]
    public void Arrow_the_wrong_way_is_seen(string text, string part) =>
        Assert.Contains(part, PartsNamedIn(text));

    [Theory]
    [InlineData("/// <see cref=\"Esp32Tools.Devices.Something\"/>")]
    [InlineData("// Esp32Tools.Devices comes later")]
    [InlineData("class A { string s = \"Esp32Tools.Devices\"; }")]
    [InlineData("class A { string s = \"socket://\" + \"Esp32Tools.Devices\"; }")]
    [InlineData("class A { char q = '\"'; string s = @\"a\"\"\\\"; /* Esp32Tools.Devices */ }")]
    [InlineData("class A { int s = chip.Devices.Something; }")]
    public void Words_that_are_no_code_are_no_arrow(string text) =>
        Assert.Empty(PartsNamedIn(text));

    private static IEnumerable<string> PartsNamedIn(string text) =>
        new SourceFile("src/Esp32Tools.Core/Framing/A.cs", text).PartsNamed(new Dictionary<string, string[]> { ["Devices"] = ["Something"] });

    private static void AssertArrows(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> allowed)
    {
        string[] wrong =
        [
            .. from file in files
               from part in file.PartsNamed(s_typesByPart)
               where !allowed.Contains(part)
               select $"{file.Name} names Esp32Tools.{part}",
        ];
        Assert.Empty(wrong);
    }

    private static HashSet<string> Reach(string folder)
    {
        HashSet<string> seen = [];
        Stack<string> rest = new(Layers.Core[folder]);
        while (rest.TryPop(out string? next))
        {
            if (seen.Add(next))
            {
                foreach (string further in Layers.Core[next])
                {
                    rest.Push(further);
                }
            }
        }

        return seen;
    }
}
