using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>Reads the cmdlets of a built module, without PowerShell.</summary>
internal static class ModuleReader
{
    /// <summary>The public cmdlets, by name.</summary>
    /// <param name="assemblyPath">The module's assembly; its dependencies are looked for beside it.</param>
    /// <param name="references">Other assemblies that it was built against.</param>
    public static IReadOnlyList<CmdletInfo> Read(string assemblyPath, IReadOnlyList<string> references)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        var context = new AssemblyLoadContext("module");
        context.Resolving += (_, name) =>
        {
            string file = name.Name + ".dll";
            string? path = references.FirstOrDefault(reference => Path.GetFileName(reference) == file);
            path ??= Path.Combine(folder, file);
            return File.Exists(path) ? context.LoadFromAssemblyPath(Path.GetFullPath(path)) : null;
        };
        Assembly module = context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
        return
        [
            .. module.GetExportedTypes()
                .Where(type => !type.IsAbstract && type.OfName("CmdletAttribute").Any())
                .Select(type => new CmdletInfo(type))
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
    }
}
