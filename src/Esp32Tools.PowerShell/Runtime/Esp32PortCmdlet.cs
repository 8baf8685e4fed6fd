using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Link.Loader;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A cmdlet that works on devices without a loader. Overrides of <c>ProcessRecord</c>, <c>EndProcessing</c> and
/// <c>Dispose</c> must call the base.
/// </summary>
public abstract class Esp32PortCmdlet : Esp32Cmdlet, IDisposable
{
    private readonly DeviceWork _work;

    private protected Esp32PortCmdlet() => _work = new DeviceWork(Invocation);

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public DeviceArgument[] Device { get; set; } = [];

    /// <summary>Number of devices to work on at once. With 1, results come in the order in which the devices were given.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>File to which every frame is appended as text, with its port and its time. It shows no key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TraceFile { get; set; }

    /// <summary>File to which a line of JSON is appended for each device: the cmdlet, the port, the MAC, the outcome, the error id, the time.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Ends the work that still runs.</summary>
    public virtual void Dispose() => _work.Stop();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Invocation.OpenFiles(LogPath, TraceFile);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _work.Process(Device, IsGiven(nameof(Device)), ThrottleLimit, Copy);

    /// <inheritdoc/>
    protected override void EndProcessing() => _work.Finish();

    /// <summary>Does the work for one of them; see the remarks on <see cref="DeviceWork"/>.</summary>
    private protected abstract void ProcessPort(DeviceArgument device);

    /// <summary>The trace of the command line for a connection to be made; null for none.</summary>
    private protected IFrameTrace? TraceOf(string portName) =>
        Invocation.TraceFile is { } file ? new TextFrameTrace(new TraceFileWriter(file), portName) : null;

    /// <summary>Sends the frames of a session to the trace of the command line as well; null where there is none of the two.</summary>
    private protected IDisposable? Trace(Esp32Device? session) => session is { IsClosed: false } && Invocation.TraceFile is { } file
        ? session.TraceTo(new TextFrameTrace(new TraceFileWriter(file), session.PortName, isJoined: true))
        : null;

    private (CmdletInvocation Invocation, Action<DeviceArgument> Work) Copy(ICommandRuntime? sideBySide)
    {
        var copy = (Esp32PortCmdlet)MemberwiseClone();
        copy.Invocation = Invocation.For(copy, sideBySide);
        return (copy.Invocation, copy.ProcessPort);
    }
}
