using System;
using System.Collections.Generic;
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
public abstract class Esp32DeviceCmdlet : Esp32PortCmdlet
{
    // Results of a device that was given by its port; null while there is none.
    private List<object>? _held;

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Baud rate to work at, where a port name is given; a session keeps its own.</summary>
    [Parameter]
    [Alias("Baud")]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(BaudRateCompleter))]
    public int BaudRate { get; set; } = new ConnectOptions().BaudRate;

    /// <summary>Works on one device.</summary>
    protected abstract void ProcessDevice(Esp32Device device);

    /// <summary>The session to remember in a result: none where the device was connected for this cmdlet alone.</summary>
    private protected Esp32Device? SessionToRemember(Esp32Device device) => _held is null ? device : null;

    /// <summary>
    /// Writes a result: at once where a session was given, else when the port is free again, so that the next cmdlet of
    /// the pipeline can open it.
    /// </summary>
    protected void Emit(object result)
    {
        if (_held is null)
        {
            WriteObject(result);
        }
        else
        {
            _held.Add(result);
        }
    }

    /// <summary>Connects if there is need, works, and leaves the device as it should be left.</summary>
    private protected void Use(DeviceArgument device, Action<Esp32Device> work)
    {
        if (device.Session is Esp32Device session)
        {
            // Asks for the loader so that a session that is over says so before anything else happens.
            _ = session.Loader;
            work(session);
            return;
        }

        List<object> results = [];
        _held = results;
        try
        {
            ConnectAndWork(device.PortName, work);
        }
        finally
        {
            _held = null;
            if (!StopToken.IsCancellationRequested)
            {
                results.ForEach(WriteObject);
            }
        }
    }

    private protected sealed override void ProcessPort(DeviceArgument device) => Use(device, ProcessDevice);

    private void ConnectAndWork(string portName, Action<Esp32Device> work)
    {
        var options = new ConnectOptions { BaudRate = BaudRate, Log = WriteVerbose };
        Esp32Device device = DeviceConnector.Connect(portName, options, StopToken);
        bool isDone = false;
        try
        {
            WriteVerbose($"Connected to {device} at {device.BaudRate} baud.");
            work(device);
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
