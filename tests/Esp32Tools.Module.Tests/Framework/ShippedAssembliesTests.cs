using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Esp32Tools.Module.Tests.Framework;

public sealed class ShippedAssembliesTests
{
    public static TheoryData<string> Assemblies => [.. Paths];

    private static string[] Paths =>
    [
        .. Directory.GetFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories)
            .Where(AssemblyImage.IsManaged)
            .Select(path => Path.GetRelativePath(StagedModule.Folder, path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void All_that_it_uses_is_in_Windows_PowerShell(string path)
    {
        AssemblyImage[] shipped = [.. Paths.Select(Read)];
        AssemblyImage assembly = shipped.Single(image => image.Name == Path.GetFileNameWithoutExtension(path));
        Assert.NotEmpty(assembly.Metadata.MemberReferences);
        IReadOnlyList<string> faults = new ReferenceCheck(FrameworkSurface.With(shipped)).FaultsOf(assembly);
        Assert.True(faults.Count == 0, $"Not there:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static AssemblyImage Read(string path) => new(File.ReadAllBytes(Path.Combine(StagedModule.Folder, path)));
}
