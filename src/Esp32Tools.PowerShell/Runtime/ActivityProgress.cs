using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Progress of operations on one device, or over the rows of a table, as one progress activity: at most five updates a second,
/// and always completed.
/// </summary>
internal sealed class ActivityProgress : IDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly int _activityId;
    private readonly Stopwatch _operationTime = Stopwatch.StartNew();
    private TimeSpan _lastShown = -s_pace;
    private string? _operation;
    private bool _isShown;

    /// <param name="cmdlet">The cmdlet that reports it.</param>
    /// <param name="activity">The text above the bar, such as <c>ESP32 on COM5</c>.</param>
    public ActivityProgress(Cmdlet cmdlet, string activity)
    {
        _cmdlet = cmdlet;
        _activity = VisibleText.Message(activity);

        // One bar for each device, also when several runspaces share a host; a negative id would mean no bar.
        _activityId = activity.GetHashCode() & int.MaxValue;
    }

    /// <summary>Shows one event of an operation, with the seconds left.</summary>
    public void Report(OperationProgress progress)
    {
        if (progress.Operation != _operation)
        {
            _operation = progress.Operation;
            _operationTime.Restart();
            _lastShown = -s_pace;
        }

        TimeSpan now = _operationTime.Elapsed;
        Show(now, Describe(progress, now), progress.Done, progress.Total, SecondsLeft(progress, now));
    }

    /// <summary>Shows the number of finished rows. A table that is finished within one update shows no bar.</summary>
    /// <param name="done">Rows done.</param>
    /// <param name="total">Rows in all; null when that is not known.</param>
    public void Rows(int done, int? total)
    {
        TimeSpan now = _operationTime.Elapsed;
        if (now >= s_pace)
        {
            Show(now, total is null ? $"Row {done}" : $"Row {done} of {total}", done, total ?? 0, secondsLeft: -1);
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            _isShown = false;
            _cmdlet.WriteProgress(new ProgressRecord(_activityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Show(TimeSpan now, string status, long done, long total, int secondsLeft)
    {
        if (now - _lastShown < s_pace)
        {
            return;
        }

        _lastShown = now;
        _isShown = true;
        _cmdlet.WriteProgress(new ProgressRecord(_activityId, _activity, VisibleText.Message(status))
        {
            PercentComplete = total > 0 ? (int)Math.Min(100, 100 * done / total) : -1,
            SecondsRemaining = secondsLeft,
        });
    }

    private static string Describe(OperationProgress progress, TimeSpan elapsed)
    {
        string text = string.Format(
            CultureInfo.InvariantCulture,
            progress.Address is null ? "{0}: {1:N0} of {2:N0} KB" : "{0}: {1:N0} of {2:N0} KB, at 0x{3:X}",
            progress.Operation,
            progress.Done / 1024,
            progress.Total / 1024,
            progress.Address);

        // Erasing all of a chip is one step of a minute or more, of which nothing is known but the time.
        return progress.Done == 0 && elapsed.TotalSeconds >= 1 ? FormattableString.Invariant($"{text}, for {elapsed.TotalSeconds:0} s") : text;
    }

    private static int SecondsLeft(OperationProgress progress, TimeSpan elapsed) => progress.Done > 0
        ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (progress.Total - progress.Done) / progress.Done)
        : -1;
}
