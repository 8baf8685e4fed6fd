using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Reports the coding errors of each block, from the chip's own check bits.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Esp32Efuse", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(EfuseBlockStatus))]
public sealed class TestEsp32EfuseCommand : Esp32DeviceOrFileCmdlet
{
    /// <summary>The chip that a dump is of.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Chips))]
    public string Chip { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override string? NeededForFiles => nameof(Chip);

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device) =>
        EmitAll(EfuseReader.Read(device, StopToken), device.ToString(), device.PortName);

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        EmitAll(EfuseDumpInput.Read(file, Chip, null, StopToken), file, portName: null);

    private void EmitAll(EfuseSnapshot snapshot, string source, string? portName)
    {
        if (snapshot.GetBlockStatuses().Count == 0)
        {
            WriteVerbose($"{source} has no check bits in its eFuses: there is nothing to report.");
        }

        foreach (EfuseBlockStatus status in snapshot.GetBlockStatuses())
        {
            Emit(status with { PortName = portName });
        }
    }
}
