using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>Gets the properties of a device: chip, part, revision, MAC, flash, protections.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Device")]
[OutputType(typeof(Esp32DeviceInfo))]
public sealed class GetEsp32DeviceCommand : Esp32DeviceCmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        var info = Esp32DeviceInfo.Read(device, StopToken);
        if (info.IsMacIntact == false)
        {
            WriteWarning($"{device}: the MAC address {info.Mac} does not match its check value. The chip is damaged, or was not read right: read it again.");
        }

        Emit(info);
    }
}
