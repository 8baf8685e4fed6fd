using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>
/// A cmdlet that works on devices, each given as a session or as the name of a port. With a name it connects, works,
/// resets the chip into its application and closes; a session it leaves as it was.
/// </summary>
public abstract class Esp32DeviceCmdlet : Esp32Cmdlet
{
    private bool _areNamed;

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public virtual DeviceArgument[] Device { get; set; } = [];

    /// <summary>Baud rate to work at, where a port name is given; a session keeps its own.</summary>
    [Parameter]
    [Alias("Baud")]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(BaudRateCompleter))]
    public int BaudRate { get; set; } = new ConnectOptions().BaudRate;

    // One device on the command line is all there is to do; devices from the pipeline are items of many.
    private bool IsOnlyDevice => Device.Length == 1 && _areNamed;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _areNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Device));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (DeviceArgument argument in Device)
        {
            UseDevice(argument, IsOnlyDevice);
        }
    }

    /// <summary>Works on one device.</summary>
    protected abstract void ProcessDevice(Esp32Device device);

    /// <summary>Connects if there is need, works, and leaves the device as it should be left.</summary>
    /// <param name="argument">The device.</param>
    /// <param name="isOnlyDevice">True when a failure is to end the cmdlet.</param>
    protected void UseDevice(DeviceArgument argument, bool isOnlyDevice) => Attempt(
        () =>
        {
            if (argument.Session is Esp32Device session)
            {
                // Asks for the loader so that a session that is over says so before anything else happens.
                _ = session.Loader;
                ProcessDevice(session);
            }
            else
            {
                ConnectAndProcess(argument.PortName);
            }
        },
        isOnlyDevice);

    private void ConnectAndProcess(string portName)
    {
        var options = new ConnectOptions { BaudRate = BaudRate, Log = WriteVerbose };
        Esp32Device device = DeviceConnector.Connect(portName, options, StopToken);
        bool isDone = false;
        try
        {
            WriteVerbose($"Connected to {device} at {device.BaudRate} baud.");
            ProcessDevice(device);
            isDone = true;
        }
        finally
        {
            Leave(device, isDone);
        }
    }

    private static void Leave(Esp32Device device, bool isDone)
    {
        try
        {
            // Not with the cmdlet's own token: after Ctrl-C, too, the chip goes back into its application.
            device.Close(LeaveMode.HardReset, CancellationToken.None);
        }
        catch (Esp32Exception) when (!isDone)
        {
            // The port is closed all the same, and the failure that led here says more than this one.
        }
    }
}
