using System;
using System.IO;
using System.Linq;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Module.Tests;

public sealed class StagedModuleTests
{
    [Theory]
    [InlineData("Esp32Tools.psd1")]
    [InlineData("LICENSE")]
    [InlineData("NOTICE")]
    [InlineData("bin/Esp32Tools.dll")]
    [InlineData("bin/Esp32Tools.Core.dll")]
    [InlineData("bin/Esp32Tools.SerialPort.dll")]
    [InlineData("bin/Esp32Tools.Simulator.dll")]
    [InlineData("en-US/Esp32Tools.dll-Help.xml")]
    public void Module_is_whole(string file) => Assert.True(File.Exists(Path.Combine(StagedModule.Folder, file)), file);

    [Fact]
    public void Manifest_has_the_version_of_the_build()
    {
        string manifest = File.ReadAllText(Path.Combine(StagedModule.Folder, "Esp32Tools.psd1"));
        Assert.Matches($@"ModuleVersion\s*=\s*'{StagedModule.Version}'", manifest);
    }

    [Fact]
    public void Module_brings_no_assembly_of_others()
    {
        string[] others =
        [
            .. Directory.GetFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories)
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith("Esp32Tools", StringComparison.Ordinal)),
        ];
        Assert.Empty(others);
    }

    [Fact]
    public void Stubs_come_with_their_licence_or_not_at_all()
    {
        string stubs = Path.Combine(StagedModule.Folder, "bin", "stubs");
        if (Directory.Exists(stubs))
        {
            Assert.True(File.Exists(Path.Combine(stubs, "LICENSE")));
            Assert.True(File.Exists(Path.Combine(stubs, "esp32.json")));
            Assert.True(File.Exists(Path.Combine(stubs, "esp32c3.json")));
        }
    }

    [Fact]
    public void What_is_staged_is_what_the_repository_has()
    {
        string[] sources = [.. Directory.GetFiles(SharedFiles.InRepository("module")).Where(path => Path.GetExtension(path) is ".psd1" or ".ps1xml")];
        Assert.NotEmpty(sources);
        Assert.All(sources, path => Assert.Equal(File.ReadAllText(path), File.ReadAllText(Path.Combine(StagedModule.Folder, Path.GetFileName(path)))));
    }
}
