using System.Management.Automation;
using System.Net;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.Simulator;
using Esp32Tools.Simulator.Serving;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Serves a virtual chip over TCP, raw or by RFC 2217, or on a pseudo-terminal, so that other tools can reach it.</summary>
[Cmdlet(VerbsLifecycle.Start, "Esp32SimulatorServer", SupportsShouldProcess = true)]
[OutputType(typeof(Esp32SimulatorServer))]
public sealed class StartEsp32SimulatorServerCommand : SimulatorNameCmdlet
{
    /// <summary>Name of the virtual chip.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Simulators))]
    public string Name { get; set; } = string.Empty;

    /// <summary>TCP port; 0 picks a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int TcpPort { get; set; }

    /// <summary>Protocol of the server.</summary>
    [Parameter]
    public ServerProtocol Protocol { get; set; }

    /// <summary>Address to listen on; this machine only unless it is given.</summary>
    [Parameter]
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach([Name], Serve);

    private void Serve(Esp32Simulator board)
    {
        if (ShouldProcess(board.Name, $"Serve the virtual chip ({Protocol})"))
        {
            WriteObject(SimulatorServerCatalog.Start(board.Name, Protocol, Address, TcpPort));
        }
    }
}
