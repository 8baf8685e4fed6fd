using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A cmdlet that works on devices, each given as a session or as the name of a port. With a name it connects, works,
/// resets the chip into its application and closes; a session it leaves as it was. Overrides of <c>ProcessRecord</c>,
/// <c>EndProcessing</c> and <c>Dispose</c> must call the base.
/// </summary>
public abstract class Esp32DeviceCmdlet : Esp32Cmdlet, IDisposable
{
    private readonly DeviceWork _work;

    // Results that wait until the device is done; null where they do not.
    private List<object>? _held;
    private bool _isConnectedHere;

    private protected Esp32DeviceCmdlet() => _work = new DeviceWork(this, Stop);

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public virtual DeviceArgument[] Device { get; set; } = [];

    /// <summary>Number of devices to work on at once. With 1, results come in the order in which the devices were given.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Working baud rate, where a port name is given; a session keeps its own.</summary>
    [Parameter]
    [Alias("Baud")]
    [ValidateRange(300, 12_000_000)]
    [ArgumentCompleter(typeof(Words.BaudRates))]
    public int BaudRate { get; set; } = new ConnectOptions().BaudRate;

    /// <summary>Ends the work that still runs.</summary>
    public virtual void Dispose() => _work.Stop();

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        _work.Process<Esp32DeviceCmdlet>(Device, IsGiven(nameof(Device)), ThrottleLimit, (copy, device) => copy.ProcessPort(device));

    /// <inheritdoc/>
    protected override void EndProcessing() => _work.Finish();

    /// <summary>
    /// Works on one device, and passes its results to <see cref="Emit"/>. This is the copy of the cmdlet for that device,
    /// perhaps on a thread of its own: see the remarks on <see cref="DeviceWork"/>.
    /// </summary>
    protected abstract void ProcessDevice(Esp32Device device);

    /// <summary>False for a cmdlet that works through the ROM alone where the name of a port is given.</summary>
    private protected virtual bool UsesStub => true;

    /// <summary>The session to remember in a result: none where the device was connected for this cmdlet alone.</summary>
    private protected Esp32Device? SessionToRemember(Esp32Device device) => _isConnectedHere ? null : device;

    /// <summary>
    /// Writes a result: at once where one session was given; when the port is free again where a port was given, so that the
    /// next cmdlet of the pipeline can open it; and in parallel work when the device is done, so that the results of one
    /// device stay together and no other cmdlet uses its session meanwhile.
    /// </summary>
    protected void Emit(object result)
    {
        if (_held is null)
        {
            EmitNow(result);
        }
        else
        {
            _held.Add(result);
        }
    }

    /// <summary>
    /// Writes a result at once, with the name of a port as with a session: what cannot be undone has to be known even if the next
    /// moment brings Ctrl-C or the end of the process. A record of it that the stopped pipeline no longer takes is shown at the
    /// host.
    /// </summary>
    private protected void EmitNow(object result)
    {
        string? record = BurnRecord.Of(result);
        try
        {
            if (record is not null && CommandRuntime is JobRuntime job)
            {
                job.WriteObjectNow(result);
            }
            else
            {
                WriteObject(result);
            }
        }
        catch (Exception) when (record is not null && StopToken.IsCancellationRequested)
        {
            ShowStopped(record);
            throw;
        }
    }

    private void ProcessPort(DeviceArgument device)
    {
        _isConnectedHere = device.Session is null;
        if (!_isConnectedHere && !IsSideBySide)
        {
            Work(device.Session!);
            return;
        }

        List<object> results = [];
        _held = results;
        try
        {
            if (_isConnectedHere)
            {
                ConnectAndWork(device.PortName);
            }
            else
            {
                Work(device.Session!);
            }
        }
        finally
        {
            _held = null;
            Release(results);
        }
    }

    private void Release(List<object> results)
    {
        if (StopToken.IsCancellationRequested)
        {
            results.Select(BurnRecord.Of).OfType<string>().ToList().ForEach(ShowStopped);
        }
        else if (results.Any(result => BurnRecord.Of(result) is not null))
        {
            results.ForEach(EmitNow);
        }
        else
        {
            WriteObject(results, enumerateCollection: true);
        }
    }

    // A host may show text when the pipeline takes no output any more.
    private void ShowStopped(string record) => CommandRuntime.Host.UI.WriteWarningLine($"Stopped, and done before: {record}");

    private void Work(Esp32Device session)
    {
        // Asks for the loader first, so that a closed session fails before any other work.
        _ = session.Loader;
        ProcessDevice(session);
    }

    private void ConnectAndWork(string portName)
    {
        var options = new ConnectOptions { BaudRate = BaudRate, UseStub = UsesStub, Log = WriteVerbose };
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
            // Not with the cmdlet's own token: the chip goes back into its application after Ctrl-C, too.
            device.Close(LeaveMode.HardReset, CancellationToken.None);
        }
        catch (Esp32Exception) when (!isDone)
        {
            // The port is closed all the same, and the failure that led here is more useful than this one.
        }
    }
}
