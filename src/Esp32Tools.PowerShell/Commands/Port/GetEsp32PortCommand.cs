using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Port;

/// <summary>Lists the ports of the host that a chip may be on, or waits for the next one to be plugged in.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Port", DefaultParameterSetName = ListSet)]
[OutputType(typeof(Esp32Port))]
public sealed class GetEsp32PortCommand : Esp32Cmdlet
{
    private const string ListSet = "List";
    private const string WaitSet = "Wait";

    /// <summary>Names to look for, of ports or of their sockets; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Port", "PortName")]
    [ArgumentCompleter(typeof(Words.Ports))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Kinds of port to look for.</summary>
    [Parameter]
    public PortKind[] Kind { get; set; } = [];

    /// <summary>USB vendor ids to look for, such as 0x10C4.</summary>
    [Parameter]
    [ValidateRange(0, 0xFFFF)]
    public int[] VendorId { get; set; } = [];

    /// <summary>USB product ids to look for, such as 0xEA60.</summary>
    [Parameter]
    [ValidateRange(0, 0xFFFF)]
    public int[] ProductId { get; set; } = [];

    /// <summary>USB serial numbers to look for; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] SerialNumber { get; set; } = [];

    /// <summary>Descriptions to look for; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Description { get; set; } = [];

    /// <summary>Places on the hub to look for; wildcards allowed.</summary>
    [Parameter]
    [Alias("Location")]
    [SupportsWildcards]
    public string[] LocationPath { get; set; } = [];

    /// <summary>Waits for a new port, and returns it as soon as it is plugged in.</summary>
    [Parameter(ParameterSetName = WaitSet, Mandatory = true)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Number of ports to wait for, one after the other.</summary>
    [Parameter(ParameterSetName = WaitSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Time to wait for each port, in seconds; its end is an error. Without it the wait has no limit.</summary>
    [Parameter(ParameterSetName = WaitSet)]
    [Alias("TimeoutSec")]
    [ValidateRange(0.0, 1e6)]
    public double Timeout { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(() =>
    {
        if (Wait)
        {
            WaitForPorts();
        }
        else
        {
            ListPorts();
        }
    });

    private void ListPorts()
    {
        var names = new WantedNames(Name);
        WriteObject(TransportCatalog.ListPorts().Where(port => names.Match(port.PortName, port.SocketName) && HasWantedTraits(port)), enumerateCollection: true);
        foreach (string name in names.Missing)
        {
            WriteError(ErrorRecords.From(new TransportException(
                ErrorCode.PortNotFound, $"There is no port '{name}'.", "List all ports to see their names; ports in a network are not listed.")
            { Target = name }));
        }
    }

    private void WaitForPorts()
    {
        var arrivals = new PortArrivals(IsWanted);
        TimeSpan? timeout = Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null;
        for (int given = 0; given < Count; given++)
        {
            WriteObject(arrivals.WaitForNext(timeout, StopToken));
        }
    }

    private bool IsWanted(Esp32Port port) => new WantedNames(Name).Match(port.PortName, port.SocketName) && HasWantedTraits(port);

    private bool HasWantedTraits(Esp32Port port) =>
        (Kind.Length == 0 || Kind.Any(kind => kind.ToString() == port.Kind))
        && (VendorId.Length == 0 || VendorId.Contains(port.VendorId))
        && (ProductId.Length == 0 || ProductId.Contains(port.ProductId))
        && Matches(SerialNumber, port.SerialNumber)
        && Matches(Description, port.Description)
        && Matches(LocationPath, port.LocationPath);

    private static bool Matches(IReadOnlyCollection<string> patterns, string text) =>
        patterns.Count == 0 || Wildcards.MatchAny(patterns, text);
}
