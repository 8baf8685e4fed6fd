using System;
using System.Net;
using System.Net.Sockets;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>The far end of a TCP connection, in the test's hand.</summary>
internal sealed class OneClientServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly object _gate = new();
    private Socket? _client;

    internal OneClientServer(IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string SocketName => $"socket://127.0.0.1:{Port}";

    /// <summary>The client; waits for it. No thread of the pool takes part, for the tests themselves fill the pool.</summary>
    internal Socket Client
    {
        get
        {
            lock (_gate)
            {
                return _client ??= _listener.AcceptSocket();
            }
        }
    }

    internal byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        Client.ReceiveTimeout = 20_000;
        for (int got = 0; got < count;)
        {
            int now = Client.Receive(bytes, got, count - got, SocketFlags.None);
            got += now > 0 ? now : throw new InvalidOperationException("The port closed the connection.");
        }

        return bytes;
    }

    internal void Send(params byte[] bytes) => Client.Send(bytes);

    internal void HangUp() => Client.Close();

    internal void AcceptNext()
    {
        lock (_gate)
        {
            _client = null;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        _client?.Dispose();
    }
}
