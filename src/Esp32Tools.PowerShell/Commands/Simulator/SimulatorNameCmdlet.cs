using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Simulator;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>A cmdlet that takes virtual chips by their names.</summary>
public abstract class SimulatorNameCmdlet : Esp32Cmdlet
{
    /// <summary>Works on each virtual chip that the names match; a name without a match is an error.</summary>
    private protected void ForEach(IReadOnlyCollection<string> names, Action<Esp32Simulator> work)
    {
        foreach (string name in names)
        {
            AttemptItem(() =>
            {
                foreach (Esp32Simulator board in Find(name))
                {
                    work(board);
                }
            });
        }
    }

    private static IReadOnlyList<Esp32Simulator> Find(string name)
    {
        string bare = name.StartsWith(VirtualTransportProvider.Scheme, StringComparison.OrdinalIgnoreCase)
            ? name.Substring(VirtualTransportProvider.Scheme.Length)
            : name;
        var wanted = new WantedNames([bare]);
        Esp32Simulator[] found = [.. SimulatorCatalog.List().Where(board => wanted.Match(board.Name))];
        return !wanted.Missing.Any()
            ? found
            : throw new Esp32Exception(
                ErrorCode.SimulatorNotFound,
                $"There is no virtual chip '{bare}'.",
                $"There are: {string.Join(", ", SimulatorCatalog.List().Select(board => board.Name))}.")
            { Target = bare };
    }
}
