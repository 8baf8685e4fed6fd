using System;
using System.Threading;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A place where clients connect.</summary>
internal interface IClientListener : IDisposable
{
    /// <summary>The name to give to clients.</summary>
    string PortName { get; }

    /// <summary>Waits for the next client.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    IClientConnection Accept(CancellationToken cancellationToken);

    /// <summary>Turns away clients that have waited too long; called regularly while a client is served.</summary>
    void TurnAwayWaiting();
}
