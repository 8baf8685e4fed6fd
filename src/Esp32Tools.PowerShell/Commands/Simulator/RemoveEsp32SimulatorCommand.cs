using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Simulator;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Removes virtual chips and their servers. A predefined one comes back blank.</summary>
[Cmdlet(VerbsCommon.Remove, "Esp32Simulator", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveEsp32SimulatorCommand : SimulatorNameCmdlet
{
    /// <summary>Names; wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Simulators))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Name, Remove);

    private void Remove(Esp32Simulator board)
    {
        if (!ShouldProcess(board.Name, "Remove the virtual chip"))
        {
            return;
        }

        foreach (Esp32SimulatorServer server in SimulatorServerCatalog.Find(board.Name))
        {
            SimulatorServerCatalog.Stop(server);
        }

        // Its port goes away with it: the name may be that of another chip next.
        try
        {
            OpenSessions.Find(board.PortName)?.Lose();
        }
        finally
        {
            // The port saves the state as it closes. The chip goes even where that fails, and the failure is told.
            SimulatorCatalog.Remove(board.Name);
        }
    }
}
