using System;
using System.Diagnostics;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Commands.Factory;

/// <summary>Progress over rows: at most five updates a second, and completed whatever happens.</summary>
internal sealed class RowProgress(Cmdlet cmdlet, string activity) : IDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private TimeSpan _lastShown;
    private bool _isShown;

    /// <summary>Shows how far it is.</summary>
    /// <param name="done">Rows done.</param>
    /// <param name="total">Rows in all; null when that is not known.</param>
    public void Report(int done, int? total)
    {
        if (_time.Elapsed - _lastShown < s_pace)
        {
            return;
        }

        _lastShown = _time.Elapsed;
        _isShown = true;
        Show(new ProgressRecord(Id, activity, total is null ? $"Row {done}" : $"Row {done} of {total}")
        {
            PercentComplete = total is int all ? 100 * done / all : -1,
        });
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            Show(new ProgressRecord(Id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private int Id => activity.GetHashCode() & int.MaxValue;

    private void Show(ProgressRecord record) => cmdlet.WriteProgress(record);
}
