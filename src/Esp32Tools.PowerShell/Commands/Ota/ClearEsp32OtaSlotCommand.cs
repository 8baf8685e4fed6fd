using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.PowerShell.Commands.Partition;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>Erases the choice of the application: the factory application boots, or else the first slot.</summary>
[Cmdlet(VerbsCommon.Clear, "Esp32OtaSlot", SupportsShouldProcess = true)]
[OutputType(typeof(OtaSwitchResult))]
[Lifts(nameof(RefusalCatalog.OtaSwitch))]
public sealed class ClearEsp32OtaSlotCommand : PartitionDeviceCmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Lifts refusals, each by its error id and no other, such as ImageInvalid.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        if (OtaSwitching.Run(this, device, TableOffset, cipher, OtaSwitch.Clear, Allowed, StopToken) is { } result)
        {
            Emit(result);
        }
    }
}
