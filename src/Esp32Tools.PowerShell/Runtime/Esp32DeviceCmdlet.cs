using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A cmdlet that works on devices, each given as a session or as the name of a port. With a name it connects, works,
/// resets the chip into its application and closes; a session it leaves as it was. Overrides of <c>ProcessRecord</c>,
/// <c>EndProcessing</c> and <c>Dispose</c> must call the base.
/// </summary>
/// <remarks>
/// It has the same short members as <see cref="Esp32Cmdlet"/> and does not derive from it: with that class above, the chain of a
/// cmdlet, the base of its family, and this would be four long.
/// </remarks>
public abstract class Esp32DeviceCmdlet : PSCmdlet, IDisposable
{
    /// <summary>Parameter set of the devices, where there are others.</summary>
    private protected const string DeviceSet = "Device";

    private readonly DeviceWork _work;

    // Results that wait until the device is done; null where they do not.
    private List<object>? _held;

    private protected Esp32DeviceCmdlet()
    {
        Invocation = new CmdletInvocation(this);
        _work = new DeviceWork(Invocation);
    }

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

    /// <summary>File to which every frame is appended as text, with its port and its time. It shows no key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TraceFile { get; set; }

    /// <summary>File to which a line of JSON is appended for each device: the cmdlet, the port, the MAC, the outcome, the error id, the time.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <inheritdoc cref="Esp32Cmdlet.Invocation"/>
    private protected CmdletInvocation Invocation { get; private set; }

    /// <inheritdoc cref="Esp32Cmdlet.StopToken"/>
    private protected CancellationToken StopToken => Invocation.Stop.Token;

    /// <inheritdoc cref="CmdletInvocation.Allowed"/>
    private protected IReadOnlyCollection<ErrorCode> Allowed => Invocation.Allowed;

    /// <inheritdoc cref="CmdletInvocation.Paths"/>
    private protected ProviderPaths Paths => Invocation.Paths;

    /// <inheritdoc cref="Esp32Cmdlet.WriteWarning(string)"/>
    public new void WriteWarning(string text) => base.WriteWarning(VisibleText.Message(text));

    /// <inheritdoc cref="Cmdlet.WriteVerbose(string)"/>
    public new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.Message(text));

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    public new bool ShouldProcess(string target, string action) =>
        Invocation.Noted(base.ShouldProcess(VisibleText.Message(target), VisibleText.Message(action)));

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string, string)"/>
    public new bool ShouldProcess(string description, string question, string caption) =>
        Invocation.Noted(base.ShouldProcess(VisibleText.Message(description), VisibleText.Message(question), caption));

    /// <inheritdoc cref="Cmdlet.ShouldContinue(string, string)"/>
    public new bool ShouldContinue(string query, string caption) =>
        Invocation.Noted(base.ShouldContinue(VisibleText.Message(query), caption));

    /// <summary>Ends the work that still runs.</summary>
    public virtual void Dispose() => _work.Stop();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Invocation.Begin();
        Invocation.OpenFiles(LogPath, TraceFile);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _work.Process(Device, IsGiven(nameof(Device)), ThrottleLimit, Copy);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _work.Finish();
        Invocation.WriteSums();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Invocation.Stop.Cancel();

    /// <inheritdoc cref="CmdletInvocation.AttemptItem"/>
    private protected void AttemptItem(Action work, string? item = null) => Invocation.AttemptItem(work, item);

    /// <inheritdoc cref="CmdletInvocation.Attempt(Action)"/>
    private protected void Attempt(Action work) => Invocation.Attempt(work);

    /// <inheritdoc cref="CmdletInvocation.IsGiven"/>
    private protected bool IsGiven(string parameter) => Invocation.IsGiven(parameter);

    /// <summary>
    /// Works on one device, and passes its results to <see cref="Emit"/>. This is the copy of the cmdlet for that device,
    /// perhaps on a thread of its own: see the remarks on <see cref="DeviceWork"/>.
    /// </summary>
    protected abstract void ProcessDevice(Esp32Device device);

    /// <summary>False for a cmdlet that works through the ROM alone where the name of a port is given.</summary>
    private protected virtual bool UsesStub => true;

    /// <summary>
    /// Writes a result: at once where one session was given; when the port is free again where a port was given, so that the
    /// next cmdlet of the pipeline can open it; and in parallel work when the device is done, so that the results of one
    /// device stay together and no other cmdlet uses its session meanwhile. A result that is summed up is not written.
    /// </summary>
    protected void Emit(object result)
    {
        if (Invocation.Keeps(result))
        {
            return;
        }

        if (_held is null)
        {
            EmitNow(result);
        }
        else
        {
            _held.Add(result);
        }
    }

    private (CmdletInvocation Invocation, Action<DeviceArgument> Work) Copy(ICommandRuntime? sideBySide)
    {
        var copy = (Esp32DeviceCmdlet)MemberwiseClone();
        copy.Invocation = Invocation.For(copy, sideBySide);
        return (copy.Invocation, copy.ProcessPort);
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
        Esp32Device? session = device.Session;
        if (session is not null && !Invocation.IsSideBySide)
        {
            Work(session);
            return;
        }

        List<object> results = [];
        _held = results;
        try
        {
            if (session is null)
            {
                ConnectAndWork(device.PortName);
            }
            else
            {
                Work(session);
            }
        }
        catch (Esp32Exception error)
        {
            Invocation.Operation?.Fail(error.Code);
            throw;
        }
        finally
        {
            // Before the results: what later cmdlets do with them is not this work.
            Invocation.Operation?.End(isStopped: StopToken.IsCancellationRequested);
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
        _ = session.GetLoader();
        using IDisposable? trace = Invocation.TraceFile is { } file
            ? session.TraceTo(new TextFrameTrace(new TraceFileWriter(file), session.PortName, isJoined: true))
            : null;
        try
        {
            Identify(session);
            ProcessDevice(session);
        }
        finally
        {
            if (!StopToken.IsCancellationRequested)
            {
                TraceFileWriter.Tell(session, WriteWarning);
                Invocation.TraceFile?.Tell(WriteWarning);
            }
        }
    }

    private void ConnectAndWork(string portName)
    {
        var options = new ConnectOptions
        {
            BaudRate = BaudRate,
            UseStub = UsesStub,
            Trace = Invocation.TraceFile is { } file ? new TextFrameTrace(new TraceFileWriter(file), portName) : null,
            Log = WriteVerbose,
        };
        Esp32Device device = DeviceConnector.Connect(portName, options, StopToken);
        bool isDone = false;
        try
        {
            WriteVerbose($"Connected to {device} at {device.BaudRate} baud.");
            if (IsGiven(nameof(BaudRate)) && FixedBaudRate.Note(device.GetTransport(), BaudRate) is string note)
            {
                WriteWarning(note);
            }

            Identify(device);
            ProcessDevice(device);
            isDone = true;
        }
        finally
        {
            Leave(device, isDone);
            if (!StopToken.IsCancellationRequested)
            {
                Invocation.TraceFile?.Tell(WriteWarning);
            }
        }
    }

    // First of all, so that work that fails has it, too.
    private void Identify(Esp32Device device)
    {
        if (Invocation.WantsMac && !device.IsSecureDownloadMode)
        {
            Invocation.Operation!.Mac = device.ReadIdentity(StopToken).Mac;
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
