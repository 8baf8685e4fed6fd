using System;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Module.Tests;

/// <summary>The module as the build put it together.</summary>
internal static class StagedModule
{
    /// <summary>Version of the build, and so of the module.</summary>
    public static Version Version { get; } = new(typeof(StagedModule).Assembly.GetName().Version!.ToString(3));

    /// <summary>A folder for PSModulePath: it holds Esp32Tools/version/.</summary>
    public static string ModulePath { get; } = SharedFiles.InRepository("out");

    /// <summary>The folder of the module.</summary>
    public static string Folder { get; } = SharedFiles.InRepository("out", "Esp32Tools", Version.ToString());
}
