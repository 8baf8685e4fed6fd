using System;
using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A cmdlet that takes devices. What it does with each is its own business; whether that happens one after the other or
/// side by side is decided here, and the code for one device is the same for both.
/// </summary>
/// <remarks>
/// Each device is worked on by a copy of the cmdlet, bound as it was when the device came, since the binder has the next
/// record's values in the original by then. Side by side, the copy runs on a thread of its own, and what it writes and asks
/// goes to the pipeline's thread. So in <see cref="ProcessPort"/>
/// <list type="bullet">
/// <item>all of <c>WriteObject</c>, <c>WriteError</c>, <c>WriteWarning</c>, <c>WriteVerbose</c>, <c>WriteProgress</c>,
/// <c>ShouldProcess</c> and <c>ShouldContinue</c> may be called as usual;</item>
/// <item>a field that is set belongs to that one device. What the devices share is made in <c>BeginProcessing</c>, and has
/// to bear several threads;</item>
/// <item>paths are resolved before, in <c>BeginProcessing</c>: the session state belongs to the pipeline's thread. So do the
/// bound parameters: <see cref="IsGiven"/> says which there were.</item>
/// </list>
/// Who overrides <c>ProcessRecord</c>, <c>EndProcessing</c> or <c>Dispose</c> calls the base.
/// </remarks>
public abstract class Esp32PortCmdlet : Esp32Cmdlet, IDisposable
{
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private DeviceJobs? _jobs;

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public virtual DeviceArgument[] Device { get; set; } = [];

    /// <summary>How many devices to work on at once. With 1, results come in the order in which the devices were given.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>True in the copy that works on one device among several at once.</summary>
    private protected bool IsSideBySide { get; private set; }

    /// <inheritdoc/>
    private protected override ProviderPaths Paths => IsCopy
        ? throw new InvalidOperationException("Paths are resolved in BeginProcessing.")
        : base.Paths;

    private bool IsCopy { get; set; }

    // One device on the command line is all there is to do; devices from the pipeline are items of many.
    private bool IsOnlyDevice => Device.Length == 1 && IsGiven(nameof(Device));

    /// <summary>Ends what still runs: a pipeline that breaks off comes here and nowhere else.</summary>
    public virtual void Dispose() => _jobs?.Stop();

    /// <inheritdoc/>
    protected override void BeginProcessing() => _given.UnionWith(MyInvocation.BoundParameters.Keys);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isOnlyDevice = IsOnlyDevice;
        foreach (DeviceArgument device in Device)
        {
            var copy = (Esp32PortCmdlet)MemberwiseClone();
            copy.IsCopy = true;
            if (ThrottleLimit == 1 || isOnlyDevice)
            {
                copy.Attempt(() => copy.ProcessPort(device), isOnlyDevice, device.PortName);
            }
            else
            {
                StartJob(copy, device);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_jobs is not null)
        {
            Attempt(_jobs.Finish);
        }
    }

    /// <summary>Does the work for one of them; see the remarks on this class.</summary>
    private protected abstract void ProcessPort(DeviceArgument device);

    /// <summary>True for a parameter that is on the command line, not one that comes through the pipeline.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    private void StartJob(Esp32PortCmdlet copy, DeviceArgument device)
    {
        DeviceJobs jobs = _jobs ??= new DeviceJobs(ThrottleLimit, Stop);
        copy.IsSideBySide = true;
        copy.CommandRuntime = new JobRuntime(CommandRuntime, jobs, device.PortName);
        Attempt(() => jobs.Start(
            device.PortName,
            () => copy.Attempt(() => copy.ProcessPort(device), isOnlyItem: false, device.PortName)));
    }
}
