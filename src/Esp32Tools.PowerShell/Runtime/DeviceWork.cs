using System;
using System.Threading;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Runs a cmdlet's work on devices, one after the other or in parallel, with the same code for each device.
/// </summary>
/// <remarks>
/// Each device is worked on by a copy of the cmdlet, bound as it was when the device came, since the binder has the next
/// record's values in the original by then. In parallel work, the copy runs on its own thread, and all its output and questions
/// go to the pipeline's thread. So in the work on a device
/// <list type="bullet">
/// <item>all of <c>WriteObject</c>, <c>WriteError</c>, <c>WriteWarning</c>, <c>WriteVerbose</c>, <c>WriteProgress</c>,
/// <c>ShouldProcess</c> and <c>ShouldContinue</c> may be called as usual;</item>
/// <item>a field that is set belongs to that one device. An object that the devices share is made in <c>BeginProcessing</c>, and
/// must be thread-safe;</item>
/// <item>paths are resolved before, in <c>BeginProcessing</c>: the session state belongs to the pipeline's thread. So do the
/// bound parameters: use <c>IsGiven</c>.</item>
/// </list>
/// </remarks>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="stop">Cancels all its work.</param>
internal sealed class DeviceWork(Esp32Cmdlet cmdlet, CancellationTokenSource stop)
{
    private DeviceJobs? _jobs;

    /// <summary>Works on devices.</summary>
    /// <typeparam name="T">Class of the cmdlet.</typeparam>
    /// <param name="devices">The devices.</param>
    /// <param name="isOnCommandLine">True when they were given there: a single device is then the only item. Devices of a pipeline are items of many.</param>
    /// <param name="throttleLimit">Number of devices to work on at once.</param>
    /// <param name="work">Works on one device; it gets the copy of the cmdlet for that.</param>
    public void Process<T>(DeviceArgument[] devices, bool isOnCommandLine, int throttleLimit, Action<T, DeviceArgument> work)
        where T : Esp32Cmdlet
    {
        bool isOnlyDevice = isOnCommandLine && devices.Length == 1;
        foreach (DeviceArgument device in devices)
        {
            if (throttleLimit == 1 || isOnlyDevice)
            {
                var copy = (T)cmdlet.CopyForDevice(sideBySide: null);
                copy.AttemptFor(() => Work(copy, device, work), isOnlyDevice, device.PortName);
            }
            else
            {
                Start(device, throttleLimit, work);
            }
        }
    }

    /// <summary>Waits for the jobs that still run.</summary>
    public void Finish()
    {
        if (_jobs is { } jobs)
        {
            cmdlet.AttemptFor(jobs.Finish, isOnlyItem: true, item: null);
        }
    }

    /// <summary>Ends the jobs that still run: a pipeline that breaks off calls only this.</summary>
    public void Stop() => _jobs?.Stop();

    private static void Work<T>(T copy, DeviceArgument device, Action<T, DeviceArgument> work)
    {
        if (device.Refusal is { } refusal)
        {
            throw refusal;
        }

        work(copy, device);
    }

    private void Start<T>(DeviceArgument device, int throttleLimit, Action<T, DeviceArgument> work)
        where T : Esp32Cmdlet
    {
        DeviceJobs jobs = _jobs ??= new DeviceJobs(throttleLimit, stop);
        var copy = (T)cmdlet.CopyForDevice(new JobRuntime(cmdlet.CommandRuntime, jobs, device.PortName));
        cmdlet.AttemptFor(
            () => jobs.Start(device.PortName, () => copy.AttemptFor(() => Work(copy, device, work), isOnlyItem: false, device.PortName)),
            isOnlyItem: true,
            item: null);
    }
}
