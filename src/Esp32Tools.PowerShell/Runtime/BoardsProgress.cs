using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Progress over several devices: a bar that counts the finished ones, and below it a bar for each that is worked on, in the
/// order in which they were given. For the pipeline's thread.
/// </summary>
/// <param name="runtime">The cmdlet's view of PowerShell.</param>
/// <param name="activity">The text above the bar: the name of the cmdlet.</param>
internal sealed class BoardsProgress(ICommandRuntime runtime, string activity)
{
    private int _expected;
    private int _begun;
    private int _done;

    /// <summary>Id of the bar that counts; several runspaces may share a host.</summary>
    public int Id => RuntimeHelpers.GetHashCode(this) & 0x3FFF_FFFF;

    /// <summary>More devices are to come.</summary>
    public void Expect(int count) => _expected += count;

    /// <summary>Shows the bar that counts, and one for a device that begins.</summary>
    /// <param name="portName">The port of the device; null to show none for it.</param>
    /// <returns>The id of its bar.</returns>
    public int Begin(string? portName)
    {
        int id = Id + ++_begun;
        Show();
        if (portName is not null)
        {
            runtime.WriteProgress(new ProgressRecord(id, portName, "Connecting") { ParentActivityId = Id });
        }

        return id;
    }

    /// <summary>A device is done; the last one takes the bar that counts away.</summary>
    /// <param name="id">The id of its bar.</param>
    /// <param name="portName">Its port; null when it has no bar.</param>
    public void Done(int id, string? portName)
    {
        _done++;
        if (portName is not null)
        {
            runtime.WriteProgress(new ProgressRecord(id, portName, "Done") { ParentActivityId = Id, RecordType = ProgressRecordType.Completed });
        }

        Show();
    }

    private void Show()
    {
        if (_expected > 1)
        {
            runtime.WriteProgress(new ProgressRecord(Id, activity, $"{_done} of {_expected} boards")
            {
                PercentComplete = 100 * _done / _expected,
                RecordType = _done == _expected ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            });
        }
    }
}
