using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Esp32Tools.Core.Tests.Transport;

/// <summary>The far end of a TCP connection, in the test's hand.</summary>
internal sealed class OneClientServer : IDisposable
{
    private readonly TcpListener _listener;
    private Task<Socket> _client;

    internal OneClientServer(IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _client = _listener.AcceptSocketAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string SocketName => $"socket://127.0.0.1:{Port}";

    internal Socket Client => _client.Result;

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

    internal void AcceptNext() => _client = _listener.AcceptSocketAsync();

    public void Dispose()
    {
        _listener.Stop();
        if (_client.IsCompletedSuccessfully)
        {
            _client.Result.Dispose();
        }
    }
}
