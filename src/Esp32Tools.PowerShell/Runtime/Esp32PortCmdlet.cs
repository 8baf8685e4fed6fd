using System;
using System.Management.Automation;
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

    /// <summary>Ends the work that still runs.</summary>
    public virtual void Dispose() => _work.Stop();

    /// <inheritdoc/>
    protected override void ProcessRecord() => _work.Process(Device, IsGiven(nameof(Device)), ThrottleLimit, Copy);

    /// <inheritdoc/>
    protected override void EndProcessing() => _work.Finish();

    /// <summary>Does the work for one of them; see the remarks on <see cref="DeviceWork"/>.</summary>
    private protected abstract void ProcessPort(DeviceArgument device);

    private (CmdletInvocation Invocation, Action<DeviceArgument> Work) Copy(ICommandRuntime? sideBySide)
    {
        var copy = (Esp32PortCmdlet)MemberwiseClone();
        copy.Invocation = Invocation.For(copy, sideBySide);
        return (copy.Invocation, copy.ProcessPort);
    }
}
