using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Gets the properties that a flash memory reports: id, size, unique number, status registers, parameter table.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32FlashChip")]
[OutputType(typeof(FlashChipInfo))]
public sealed class GetEsp32FlashChipCommand : Esp32DeviceCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device) => Emit(FlashChipReader.Read(device, StopToken));
}
