using System;
using System.Threading;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// The time a transport lives in. A real port lives in real time; an untimed virtual chip lives in a time of its own,
/// in which a wait costs nothing, so that a time-out can be tested without waiting for it.
/// </summary>
public interface IClock
{
    /// <summary>Time since some fixed point; never runs backwards.</summary>
    TimeSpan Now { get; }

    /// <summary>Waits. Ends within 50 ms when cancelled.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    void Delay(TimeSpan duration, CancellationToken cancellationToken);
}
