using System.Linq;
using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Stops servers of virtual chips; a client that is connected is cut off. The chips stay.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Esp32SimulatorServer", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void))]
public sealed class StopEsp32SimulatorServerCommand : Esp32Cmdlet
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
        Esp32SimulatorServer[] servers = ParameterSetName == InputSet
            ? InputObject
            : [.. SimulatorServerCatalog.List().Where(server => Wildcards.MatchAny(Name, server.Name))];
        foreach (Esp32SimulatorServer server in servers)
        {
            if (ShouldProcess(server.ToString(), "Stop the server"))
            {
                SimulatorServerCatalog.Stop(server);
            }
        }
    }
}
