using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Serving;

/// <summary>Clients that come over TCP.</summary>
internal sealed class TcpClientListener : IClientListener
{
    // A tool that is started right after another meets a server that has not noticed the first one's leaving.
    private static readonly TimeSpan s_waitingLimit = TimeSpan.FromSeconds(1);
    private const int LookEvery = 100; // milliseconds between looks for waiting clients
    private const int AcceptSlice = 20_000; // microseconds

    private readonly TcpListener _listener;
    private readonly Func<Socket, IClientConnection> _connect;
    private readonly byte[] _busyWords;
    private readonly Stopwatch _sinceLook = Stopwatch.StartNew();
    private readonly Stopwatch _waiting = new();

    /// <exception cref="TransportException">The address cannot be listened on.</exception>
    internal TcpClientListener(
        string scheme, IPAddress? address, int port, Func<Socket, IClientConnection> connect, byte[]? busyWords = null)
    {
        _connect = connect;
        _busyWords = busyWords ?? [];
        var place = new IPEndPoint(address ?? IPAddress.Loopback, port);
        _listener = new TcpListener(place);
        try
        {
            _listener.Start();
        }
        catch (SocketException error)
        {
            throw CannotListen(place, error);
        }

        PortName = $"{scheme}://{NameOf((IPEndPoint)_listener.LocalEndpoint)}";
    }

    public string PortName { get; }

    public IClientConnection Accept(CancellationToken cancellationToken)
    {
        while (!_listener.Server.Poll(AcceptSlice, SelectMode.SelectRead))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _connect(_listener.AcceptSocket());
    }

    public void TurnAwayWaiting()
    {
        if (_sinceLook.ElapsedMilliseconds < LookEvery)
        {
            return;
        }

        _sinceLook.Restart();
        if (!_listener.Pending())
        {
            _waiting.Reset();
        }
        else if (_waiting.Elapsed < s_waitingLimit)
        {
            _waiting.Start();
        }
        else
        {
            using Socket client = _listener.AcceptSocket();
            client.Send(_busyWords, 0, _busyWords.Length, SocketFlags.None, out _);
            client.Shutdown(SocketShutdown.Send);
        }
    }

    public void Dispose() => _listener.Stop();

    // Behind "any address" other machines find this one by its name.
    private static string NameOf(IPEndPoint place) =>
        place.Address.Equals(IPAddress.Any) || place.Address.Equals(IPAddress.IPv6Any)
            ? $"{Dns.GetHostName()}:{place.Port}"
            : place.ToString();

    private static TransportException CannotListen(IPEndPoint place, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new TransportException(
            ErrorCode.PortInUse,
            $"The TCP port {place} is in use by another program.",
            "Choose another port number, or 0 for one that is free.",
            error)
        { Target = place.ToString() },
        SocketError.AccessDenied => new TransportException(
            ErrorCode.PortAccessDenied,
            $"This user may not listen on the TCP port {place}.",
            "Choose a port number above 1023.",
            error)
        { Target = place.ToString() },
        _ => new TransportException(
            ErrorCode.PortUnsupported,
            $"The address {place} cannot be listened on: {error.Message.TrimEnd('.')}.",
            "Choose an address that this machine has.",
            error)
        { Target = place.ToString() },
    };
}
