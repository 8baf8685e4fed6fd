using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.Simulator;

namespace Esp32Tools.PowerShell.Commands.Simulator;

/// <summary>Gets the virtual chips: those that were made, and a predefined one of each chip.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Simulator")]
[OutputType(typeof(Esp32Simulator))]
public sealed class GetEsp32SimulatorCommand : SimulatorNameCmdlet
{
    /// <summary>Names; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Simulators))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEach(Name, WriteObject);
}
