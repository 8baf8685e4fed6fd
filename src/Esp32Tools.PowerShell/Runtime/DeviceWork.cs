using System;
using System.Management.Automation;
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
/// <param name="invocation">The call of the cmdlet.</param>
internal sealed class DeviceWork(CmdletInvocation invocation)
{
    private DeviceJobs? _jobs;
    private BoardsProgress? _boards;

    /// <summary>Makes the copy of the cmdlet that works on one device; null for no work beside it.</summary>
    public delegate (CmdletInvocation Invocation, Action<DeviceArgument> Work) Copy(ICommandRuntime? sideBySide);

    /// <summary>Works on devices.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="isOnCommandLine">True when they were given there: a single device then needs no thread of its own.</param>
    /// <param name="throttleLimit">Number of devices to work on at once.</param>
    /// <param name="copyCmdlet">Copies the cmdlet for one device.</param>
    public void Process(DeviceArgument[] devices, bool isOnCommandLine, int throttleLimit, Copy copyCmdlet)
    {
        bool isOnlyDevice = isOnCommandLine && devices.Length == 1;
        BoardsProgress boards = _boards ??= new BoardsProgress(invocation.Runtime, invocation.Name);
        boards.Expect(devices.Length);
        foreach (DeviceArgument device in devices)
        {
            if (throttleLimit == 1 || isOnlyDevice)
            {
                (CmdletInvocation copy, Action<DeviceArgument> work) = copyCmdlet(sideBySide: null);
                copy.BeginDevice(device.PortName);
                int bar = boards.Begin(portName: null);
                copy.AttemptDevice(() => Work(device, work, copy.Owner));
                boards.Done(bar, portName: null);
            }
            else
            {
                Start(device, boards, throttleLimit, copyCmdlet);
            }
        }
    }

    /// <summary>Waits for the jobs that still run.</summary>
    public void Finish()
    {
        if (_jobs is { } jobs)
        {
            invocation.Attempt(jobs.Finish);
        }
    }

    /// <summary>Ends the jobs that still run: a pipeline that breaks off calls only this.</summary>
    public void Stop() => _jobs?.Stop();

    // The name of a port stands for the session that this process has open with it. It is looked up now, not when the argument was
    // bound: a step before this one in the pipeline may have opened or closed it.
    private static void Work(DeviceArgument device, Action<DeviceArgument> work, object owner)
    {
        if (device.Refusal is { } refusal)
        {
            throw refusal;
        }

        if ((device.Session ?? OpenSessions.Find(device.PortName)) is not { } session)
        {
            work(device);
            return;
        }

        using IDisposable use = OpenSessions.Use(session, owner);
        work(device.Session is null ? device.Through(session) : device);
    }

    private void Start(DeviceArgument device, BoardsProgress boards, int throttleLimit, Copy copyCmdlet)
    {
        DeviceJobs jobs = _jobs ??= new DeviceJobs(throttleLimit, invocation.Stop);
        int bar = boards.Begin(device.PortName);
        (CmdletInvocation copy, Action<DeviceArgument> work) = copyCmdlet(
            new JobRuntime(invocation.Runtime, jobs, device.PortName) { ActivityId = bar, ParentActivityId = boards.Id });
        copy.BeginDevice(device.PortName);
        void Run()
        {
            copy.AttemptDevice(() => Work(device, work, copy.Owner));
            jobs.Post(() => boards.Done(bar, device.PortName));
        }

        invocation.Attempt(() => jobs.Start(device.PortName, Run));
    }
}
