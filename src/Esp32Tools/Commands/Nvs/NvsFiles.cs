using System;
using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Works on files one after the other.</summary>
internal static class NvsFiles
{
    public static void ForEach(
        PSCmdlet cmdlet, ProviderPaths paths, string[] given, bool isLiteral, Action<string> work, Action<Action, bool, string?> attempt)
    {
        bool isOnlyItem = given.Length == 1 && !cmdlet.MyInvocation.ExpectingInput;
        foreach (string path in given)
        {
            IReadOnlyList<string> files = [];
            attempt(() => files = paths.ResolveAll(path, isLiteral), isOnlyItem, path);
            foreach (string file in files)
            {
                attempt(() => work(file), isOnlyItem && files.Count == 1, file);
            }
        }
    }
}
