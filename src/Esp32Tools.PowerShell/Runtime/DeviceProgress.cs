using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Esp32Tools.Devices;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Turns the progress of operations on one device into one progress activity: at most five updates a second, with the
/// seconds left, and completed whatever happens.
/// </summary>
internal sealed class DeviceProgress : IDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly int _activityId;
    private readonly Stopwatch _operationTime = Stopwatch.StartNew();
    private TimeSpan _lastShown = -s_pace;
    private string? _operation;
    private bool _isShown;

    /// <param name="cmdlet">Whose progress it is.</param>
    /// <param name="activity">What stands above the bar, such as <c>ESP32 on COM5</c>.</param>
    public DeviceProgress(Cmdlet cmdlet, string activity)
    {
        _cmdlet = cmdlet;
        _activity = activity;

        // One bar for a device, also when several runspaces share a host; a negative id would mean no bar at all.
        _activityId = activity.GetHashCode() & int.MaxValue;
    }

    /// <summary>Takes one event.</summary>
    public void Report(OperationProgress progress)
    {
        if (progress.Operation != _operation)
        {
            _operation = progress.Operation;
            _operationTime.Restart();
            _lastShown = -s_pace;
        }

        TimeSpan now = _operationTime.Elapsed;
        if (now - _lastShown < s_pace)
        {
            return;
        }

        _lastShown = now;
        _isShown = true;
        _cmdlet.WriteProgress(new ProgressRecord(_activityId, _activity, Describe(progress))
        {
            PercentComplete = progress.Total > 0 ? (int)Math.Min(100, 100 * progress.Done / progress.Total) : -1,
            SecondsRemaining = SecondsLeft(progress, now),
        });
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            _isShown = false;
            _cmdlet.WriteProgress(new ProgressRecord(_activityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static string Describe(OperationProgress progress) => string.Format(
        CultureInfo.InvariantCulture,
        progress.Address is null ? "{0}: {1:N0} of {2:N0} KB" : "{0}: {1:N0} of {2:N0} KB, at 0x{3:X}",
        progress.Operation,
        progress.Done / 1024,
        progress.Total / 1024,
        progress.Address);

    private static int SecondsLeft(OperationProgress progress, TimeSpan elapsed) => progress.Done > 0
        ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (progress.Total - progress.Done) / progress.Done)
        : -1;
}
