using System;
using System.Threading;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// The clock of a transport. A real port runs in real time; an untimed virtual chip has a time of its own,
/// in which a wait costs nothing, so that tests of time-outs do not wait.
/// </summary>
public interface IClock
{
    /// <summary>Time since some fixed point; never runs backwards.</summary>
    TimeSpan Now { get; }

    /// <summary>Waits. Ends within 50 ms when cancelled.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    void Delay(TimeSpan duration, CancellationToken cancellationToken);
}
