using System;
using System.IO;
using System.Linq;
using System.Reflection.PortableExecutable;
using System.Text;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Module.Tests;

/// <summary>
/// The bytes of what ships depend on the sources alone. <c>tests/Reproducible/run</c> builds the module in two folders and
/// compares them; here stands what one build can tell.
/// </summary>
public sealed class ReproducibleTests
{
    public static TheoryData<string> Assemblies =>
        [.. Directory.GetFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_has_no_time_and_no_folder_of_its_build(string name)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(StagedModule.Folder, "bin", name)));
        DebugDirectoryEntry[] entries = [.. reader.ReadDebugDirectory()];
        Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        DebugDirectoryEntry symbols = Assert.Single(entries, entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.StartsWith("/_/src/", reader.ReadCodeViewDebugDirectoryData(symbols).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_names_the_folder_that_it_was_built_in()
    {
        string[] files = Directory.GetFiles(StagedModule.Folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, path =>
        {
            byte[] content = File.ReadAllBytes(path);
            Assert.All((Encoding[])[Encoding.UTF8, Encoding.Unicode], encoding => Assert.True(content.AsSpan().IndexOf(encoding.GetBytes(SharedFiles.RepositoryRoot)) < 0, path));
        });
    }
}
