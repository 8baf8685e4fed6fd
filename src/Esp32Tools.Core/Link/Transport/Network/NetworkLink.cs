using System;
using System.Net.Sockets;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport.Network;

/// <summary>A TCP connection read and written in slices, its failures named after the port.</summary>
internal sealed class NetworkLink : IDisposable
{
    // More than the buffers of both systems and of a server hold, which is all that can have arrived before.
    private const int MostDiscarded = 16 * 1024 * 1024;

    // A frame has at most 33 KB; at 9600 baud it takes 34 s. A peer that takes a few bytes from time to time gets no more.
    private const int WholeWrite = 6;

    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_discardLimit = TimeSpan.FromSeconds(3);

    private readonly string _portName;
    private readonly Socket _socket;

    private NetworkLink(string portName, Socket socket, TimeSpan writeLimit)
    {
        _portName = portName;
        _socket = socket;
        WriteLimit = writeLimit;
        socket.Blocking = false;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
    }

    /// <summary>Time in which the other end has to take some bytes.</summary>
    internal TimeSpan WriteLimit { get; }

    private TimeSpan LongestWrite => TimeSpan.FromTicks(WholeWrite * WriteLimit.Ticks);

    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnreachable"/>.</exception>
    internal static NetworkLink Connect(NetworkPortName name, CancellationToken cancellationToken, TimeSpan? writeLimit = null) =>
        new(name.Text, NetworkConnector.Connect(name, s_connectLimit, cancellationToken), writeLimit ?? TransportDefaults.WriteLimit);

    /// <inheritdoc cref="ISerialTransport.Read"/>
    internal int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var wait = new WaitSlices(timeout);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int got = ReadNow(buffer, offset, count);
            if (got > 0 || wait.IsOver)
            {
                return got;
            }

            Wait(wait, SelectMode.SelectRead);
        }
    }

    /// <summary>Throws away what has arrived.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortFlooded"/>: it does not end.</exception>
    internal void Discard(CancellationToken cancellationToken)
    {
        byte[] rest = new byte[16 * 1024];
        var wait = new WaitSlices(s_discardLimit);
        long discarded = 0;
        for (int got; (got = Read(rest, 0, rest.Length, TimeSpan.Zero, cancellationToken)) > 0;)
        {
            discarded += got;
            if (discarded > MostDiscarded || wait.IsOver)
            {
                throw TransportErrors.Flooded(_portName, $"{discarded} bytes were thrown away, and still more arrives");
            }
        }
    }

    /// <summary>The time of a write that begins now, in however many pieces it goes out.</summary>
    internal WaitSlices BeginWrite() => new(LongestWrite);

    /// <inheritdoc cref="ISerialTransport.Write"/>
    internal void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Write(buffer, offset, count, BeginWrite(), cancellationToken);

    /// <summary>Writes one piece.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortWriteTimeout"/>: not taken in the time of the write.</exception>
    internal void Write(byte[] buffer, int offset, int count, WaitSlices whole, CancellationToken cancellationToken)
    {
        var wait = new WaitSlices(WriteLimit);
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (whole.IsOver)
            {
                throw TransportErrors.WriteTooSlow(_portName, LongestWrite);
            }

            int taken = _socket.Send(buffer, offset, count, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                throw Lost(error);
            }

            if (taken > 0)
            {
                offset += taken;
                count -= taken;
                wait = new WaitSlices(WriteLimit);
            }
            else if (wait.IsOver)
            {
                throw TransportErrors.WriteTimeout(_portName, WriteLimit);
            }
            else
            {
                Wait(wait, SelectMode.SelectWrite);
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
            // The other end closed first.
        }

        _socket.Dispose();
    }

    private int ReadNow(byte[] buffer, int offset, int count)
    {
        int got = _socket.Receive(buffer, offset, count, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.WouldBlock => 0,
            SocketError.Success when got > 0 => got,
            SocketError.Success => throw TransportErrors.Lost(_portName, "the server closed the connection"),
            _ => throw Lost(error),
        };
    }

    private void Wait(WaitSlices wait, SelectMode mode) => _socket.Poll(wait.NextMilliseconds * 1000, mode);

    private TransportException Lost(SocketError error)
    {
        var cause = new SocketException((int)error);
        return TransportErrors.Lost(_portName, cause.Message.TrimEnd('.'), cause);
    }
}
