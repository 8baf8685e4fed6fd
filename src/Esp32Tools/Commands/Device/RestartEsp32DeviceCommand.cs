using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>
/// Restarts a chip, into its application or into the loader of its ROM. No loader has to answer for the first. A
/// session is over after a restart: what it talked to is gone.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "Esp32Device", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RestartEsp32DeviceCommand : Esp32Cmdlet
{
    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public DeviceArgument[] Device { get; set; } = [];

    /// <summary>What the chip is to run.</summary>
    [Parameter]
    public RestartTarget Into { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (DeviceArgument argument in Device)
        {
            if (ShouldProcess(argument.PortName, Into == RestartTarget.Loader ? "Restart into the loader" : "Restart into the application"))
            {
                Attempt(() => Restart(argument), Device.Length == 1 && !MyInvocation.ExpectingInput);
            }
        }
    }

    private void Restart(DeviceArgument argument)
    {
        argument.Session?.Close(LeaveMode.NoReset, StopToken);
        if (Into == RestartTarget.Loader)
        {
            DeviceRestart.IntoLoader(argument.PortName, StopToken);
        }
        else
        {
            DeviceRestart.IntoApplication(argument.PortName, StopToken);
        }
    }
}
