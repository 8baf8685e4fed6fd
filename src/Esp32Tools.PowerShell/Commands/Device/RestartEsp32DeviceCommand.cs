using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>
/// Restarts a chip, into its application or into the loader of its ROM. The first needs no answer from a loader. A
/// restart ends a session, since its loader is gone.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "Esp32Device", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RestartEsp32DeviceCommand : Esp32PortCmdlet
{
    /// <summary>Program to run after the restart.</summary>
    [Parameter]
    public RestartTarget Into { get; set; }

    private protected override void ProcessPort(DeviceArgument device)
    {
        if (!ShouldProcess(device.PortName, Into == RestartTarget.Loader ? "Restart into the loader" : "Restart into the application"))
        {
            return;
        }

        using IDisposable? trace = Trace(device.Session);
        Invocation.Operation!.Mac = device.Session?.KnownMac;

        switch (device.Session, Into)
        {
            case (Esp32Device session, RestartTarget.Loader):
                DeviceRestart.IntoLoader(session, StopToken, TraceOf(device.PortName));
                break;
            case (Esp32Device session, _):
                DeviceRestart.IntoApplication(session, StopToken);
                break;
            case (_, RestartTarget.Loader):
                DeviceRestart.IntoLoader(device.PortName, StopToken, TraceOf(device.PortName));
                break;
            default:
                DeviceRestart.IntoApplication(device.PortName, StopToken);
                break;
        }
    }
}
