using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>Ends a session, leaving the chip as asked, and frees its port. A closed session stays closed.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Esp32Device")]
[OutputType(typeof(void))]
public sealed class DisconnectEsp32DeviceCommand : Esp32Cmdlet
{
    /// <summary>The sessions.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public Esp32Device[] Device { get; set; } = [];

    /// <summary>State in which to leave the chip.</summary>
    [Parameter]
    public LeaveMode After { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (Esp32Device device in Device)
        {
            AttemptItem(() => device.Close(After, StopToken), device.PortName);
        }
    }
}
