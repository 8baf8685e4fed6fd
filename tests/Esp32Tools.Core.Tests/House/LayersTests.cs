using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>What the sources alone can tell of the order of the rooms; the rest is read from the compiled assemblies.</summary>
public sealed class LayersTests
{
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
        string[] chips =
        [
            .. SourceTree.CSharp("src", "Esp32Tools.Core", "Chips").SelectMany(file => file.Types)
                .Where(type => type.StartsWith("Esp32", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(chips);
        string[] offenders =
        [
            .. SourceTree.CSharp("src").Where(file => !file.Name.StartsWith("src/Esp32Tools.Core/Chips/", StringComparison.Ordinal))
                .Where(file => chips.Any(chip => file.Code.Contains($"{chip}.Definition", StringComparison.Ordinal)))
                .Select(file => file.Name),
        ];
        Assert.Empty(offenders);
    }
}
