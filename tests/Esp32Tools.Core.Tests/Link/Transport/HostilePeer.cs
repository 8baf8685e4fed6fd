using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>
/// A server that means harm: it may set a port up as RFC 2217 wants it, and then sends one piece of bytes again and again
/// without reading any more. It ends with the connection, with the test, or after its own time.
/// </summary>
internal sealed class HostilePeer : IDisposable
{
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;
    private readonly bool _setsUp;
    private readonly bool _isTelnet;
    private readonly byte[] _piece;
    private readonly int _pause;
    private readonly DateTime _end = DateTime.UtcNow + s_life;
    private volatile bool _isOver;
    private long _sent;

    /// <param name="scheme">socket or rfc2217.</param>
    /// <param name="setsUp">True to answer Telnet options and confirm requests before the attack.</param>
    /// <param name="first">What is sent once.</param>
    /// <param name="piece">What is sent without end; empty for silence.</param>
    /// <param name="pause">Milliseconds between two pieces; 0 for as fast as it goes.</param>
    internal HostilePeer(string scheme, bool setsUp, byte[] first, byte[] piece, int pause)
    {
        _isTelnet = scheme == "rfc2217";
        _setsUp = setsUp;
        First = first;
        _piece = pause > 0 ? piece : Fill(piece);
        _pause = pause;
        _listener.Start();
        Name = $"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}" + (_isTelnet ? "?timeout=1" : string.Empty);
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    internal string Name { get; }

    /// <summary>Bytes that the other end took, its system's buffers included.</summary>
    internal long Sent => Interlocked.Read(ref _sent);

    /// <summary>Most bytes of the heap in use that were seen while the peer was alive.</summary>
    internal long PeakMemory { get; private set; }

    private byte[] First { get; }

    public void Dispose()
    {
        _isOver = true;
        _listener.Stop();
        _thread.Join(TimeSpan.FromSeconds(10));
    }

    /// <summary>
    /// Agrees to everything and confirms everything, until the port's last request of its opening: a purge of both ways.
    /// </summary>
    internal static void SetUp(Socket client)
    {
        List<byte> pending = [];
        byte[] one = new byte[1];
        for (bool isOpen = false; !isOpen && client.Receive(one) > 0;)
        {
            pending.Add(one[0]);
            switch (pending)
            {
                case [0xFF, 0xFB or 0xFD, byte option]:
                    client.Send([0xFF, (byte)(pending[1] == 0xFB ? 0xFD : 0xFB), option]);
                    pending.Clear();
                    break;
                case [0xFF, 0xFA, 0x2C, .., 0xFF, 0xF0]:
                    isOpen = pending[3] == 12;
                    pending[3] += 100;
                    client.Send(pending.ToArray());
                    pending.Clear();
                    break;
                default:
                    break;
            }
        }
    }

    private static byte[] Fill(byte[] piece)
    {
        if (piece.Length == 0)
        {
            return piece;
        }

        byte[] block = new byte[64 * 1024 / piece.Length * piece.Length];
        for (int at = 0; at < block.Length; at += piece.Length)
        {
            Buffer.BlockCopy(piece, 0, block, at, piece.Length);
        }

        return block;
    }

    private void Serve()
    {
        try
        {
            using Socket client = _listener.AcceptSocket();
            client.SendTimeout = 100;
            client.ReceiveTimeout = 200;
            if (_isTelnet && _setsUp)
            {
                SetUp(client);
            }

            Send(client, First);
            while (!_isOver && DateTime.UtcNow < _end)
            {
                PeakMemory = Math.Max(PeakMemory, GC.GetTotalMemory(forceFullCollection: false));
                Send(client, _piece);
                Thread.Sleep(_piece.Length == 0 ? 20 : _pause);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other end is gone, or the test is over.
        }
    }

    // A time-out means that the other end does not read: what did not go out is sent on, whole pieces or not.
    private void Send(Socket client, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length && !_isOver && DateTime.UtcNow < _end;)
        {
            int taken = client.Send(bytes, at, bytes.Length - at, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.TimedOut or SocketError.WouldBlock))
            {
                throw new SocketException((int)error);
            }

            at += taken;
            Interlocked.Add(ref _sent, taken);
        }
    }
}
