using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;
using Esp32Tools.Transport;

namespace Esp32Tools.PowerShell.Commands.Port;

/// <summary>Lists the ports of this machine that a chip may be on.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Port")]
[OutputType(typeof(Esp32Port))]
public sealed class GetEsp32PortCommand : Esp32Cmdlet
{
    /// <summary>Names to look for; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Port", "PortName")]
    [ArgumentCompleter(typeof(PortCompleter))]
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
    [SupportsWildcards]
    public string[] LocationPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(
        () => WriteObject(TransportCatalog.ListPorts().Where(IsWanted), enumerateCollection: true));

    private bool IsWanted(Esp32Port port) =>
        Matches(Name, port.PortName)
        && (Kind.Length == 0 || Kind.Contains(port.Kind))
        && (VendorId.Length == 0 || VendorId.Contains(port.VendorId))
        && (ProductId.Length == 0 || ProductId.Contains(port.ProductId))
        && Matches(SerialNumber, port.SerialNumber)
        && Matches(Description, port.Description)
        && Matches(LocationPath, port.LocationPath);

    private static bool Matches(IReadOnlyCollection<string> patterns, string text) =>
        patterns.Count == 0 || Wildcards.MatchAny(patterns, text);
}
