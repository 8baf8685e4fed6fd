using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>What Windows PowerShell 5.1 on .NET Framework 4.7.2 offers to a module, by the reference assemblies of both.</summary>
internal static class FrameworkSurface
{
    /// <summary>The assemblies of the framework and of PowerShell, and those of our own that are loaded together.</summary>
    public static AssemblySet With(params AssemblyImage[] ours)
    {
        AssemblySet assemblies = new();
        string framework = FolderNamed("FrameworkFolder");
        assemblies.AddFolder(framework);
        assemblies.AddFolder(Path.Combine(framework, "Facades"));
        assemblies.AddFolder(FolderNamed("PowerShellFolder"));
        foreach (AssemblyImage assembly in ours)
        {
            assemblies.AddOurs(assembly);
        }

        return assemblies;
    }

    private static string FolderNamed(string key) =>
        typeof(FrameworkSurface).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value
        ?? throw new InvalidOperationException($"The build does not say where the {key} is.");
}
