using System;
using System.Net.Sockets;
using System.Threading;

namespace Esp32Tools.Simulator.Serving;

/// <summary>The bytes of a TCP client, without blocking.</summary>
internal sealed class TcpStream : IDisposable
{
    private const int SendSlice = 20_000; // microseconds between looks at the token

    private readonly Socket _socket;

    internal TcpStream(Socket socket)
    {
        _socket = socket;
        socket.Blocking = false;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
    }

    /// <summary>Takes the bytes that have arrived.</summary>
    /// <returns>The number of bytes, 0 when there are none, -1 when the client is gone.</returns>
    internal int Receive(byte[] buffer)
    {
        int got = _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => got > 0 ? got : -1,
            SocketError.WouldBlock => 0,
            _ => -1,
        };
    }

    internal void Wait(int milliseconds) => _socket.Poll(milliseconds * 1000, SelectMode.SelectRead);

    /// <summary>Sends all bytes; bytes for a client that is gone are dropped, and the next receive reports that it is gone.</summary>
    internal void Send(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        for (int sent = 0; sent < count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int taken = _socket.Send(buffer, sent, count - sent, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                return;
            }

            sent += taken;
            if (taken == 0)
            {
                _socket.Poll(SendSlice, SelectMode.SelectWrite);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The client was faster.
        }

        _socket.Dispose();
    }
}
