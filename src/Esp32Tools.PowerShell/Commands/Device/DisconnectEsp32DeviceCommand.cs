using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>Ends a session, leaving the chip as asked, and frees its port. A closed session stays closed.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Esp32Device")]
[OutputType(typeof(void))]
public sealed class DisconnectEsp32DeviceCommand : Esp32PortCmdlet
{
    /// <summary>State in which to leave the chip.</summary>
    [Parameter]
    public LeaveMode After { get; set; }

    private protected override void ProcessPort(DeviceArgument device)
    {
        if (device.Session is null && !OpenSessions.HasHad(device.PortName))
        {
            throw new Esp32Exception(
                ErrorCode.SessionClosed,
                $"This process has had no session with {device.PortName}.",
                "Get-Esp32Session lists those that are open.")
            { Target = device.PortName };
        }

        device.Session?.Close(After, StopToken);
    }
}
