using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A client's action since the last check.</summary>
internal enum ClientActivity
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It sent something, and the chip has it.</summary>
    Sent,

    /// <summary>It is gone.</summary>
    Left,
}

/// <summary>A client of a server. One thread uses it.</summary>
internal interface IClientConnection : IDisposable
{
    /// <summary>Passes to the chip what the client has sent, without waiting for more.</summary>
    ClientActivity Forward(ISerialTransport chip, CancellationToken cancellationToken);

    /// <summary>Waits, up to a time limit, until the client sends something or leaves.</summary>
    void Wait(int milliseconds);

    /// <summary>Sends the chip's output. Bytes for a client that leaves meanwhile are dropped.</summary>
    void Send(byte[] buffer, int count, CancellationToken cancellationToken);
}
