using System.Management.Automation;
using Esp32Tools.Formats.Ota;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Storage.Ota;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>Erases the choice of the application: the factory application boots, or else the first slot.</summary>
[Cmdlet(VerbsCommon.Clear, "Esp32OtaSlot", SupportsShouldProcess = true)]
[OutputType(typeof(OtaSwitchResult))]
public sealed class ClearEsp32OtaSlotCommand : OtaChangeCmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    private protected override OtaChange Change(OtaData data, OtaLayout layout) => OtaSwitch.Clear(data, layout);
}
