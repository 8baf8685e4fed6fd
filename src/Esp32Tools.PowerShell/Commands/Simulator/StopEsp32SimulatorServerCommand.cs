using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Stops servers of virtual chips; a client that is connected is cut off. The chips stay.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Esp32SimulatorServer", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void))]
public sealed class StopEsp32SimulatorServerCommand : SimulatorNameCmdlet
{
    private const string NameSet = "Name";
    private const string InputSet = "InputObject";

    /// <summary>Names of the virtual chips; wildcards allowed. A chip without a server is skipped.</summary>
    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Simulators))]
    public string[] Name { get; set; } = [];

    /// <summary>Servers of Start-Esp32SimulatorServer.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    public Esp32SimulatorServer[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            Stop(InputObject);
        }
        else
        {
            ForEach(Name, board => Stop(SimulatorServerCatalog.Find(board.Name)));
        }
    }

    private void Stop(IEnumerable<Esp32SimulatorServer> servers)
    {
        foreach (Esp32SimulatorServer server in servers)
        {
            if (ShouldProcess(server.ToString(), "Stop the server"))
            {
                SimulatorServerCatalog.Stop(server);
            }
        }
    }
}
