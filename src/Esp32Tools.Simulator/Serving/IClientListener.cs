using System;
using System.Threading;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A place where clients come to.</summary>
internal interface IClientListener : IDisposable
{
    /// <summary>The name to give to clients.</summary>
    string PortName { get; }

    /// <summary>Waits for the next client.</summary>
    /// <exception cref="OperationCanceledException">Nobody is waited for any more.</exception>
    IClientConnection Accept(CancellationToken cancellationToken);

    /// <summary>Called now and then while a client is served: sends away who has waited too long.</summary>
    void TurnAwayWaiting();
}
