using System;
using System.Net;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>
/// Makes a virtual chip available to other tools: over TCP, over RFC 2217 or on a pseudo-terminal. The chip is opened when a
/// client comes and closed when it leaves. One client at a time; one that comes while another is there waits a second for
/// it to leave and is then turned away.
/// </summary>
/// <remarks>
/// The chip must run in real time. A client over TCP or a pseudo-terminal cannot reset it, so it must wait in its
/// loader; a client over TCP cannot tell its baud rate either, so the chip must accept any.
/// </remarks>
public sealed class SimulatorServer : IDisposable
{
    private readonly IClientListener _listener;
    private readonly Func<CancellationToken, ISerialTransport> _openChip;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private volatile bool _hasClient;
    private volatile Exception? _lastError;
    private bool _disposed;

    private SimulatorServer(IClientListener listener, Func<CancellationToken, ISerialTransport> openChip)
    {
        _listener = listener;
        _openChip = openChip ?? throw new ArgumentNullException(nameof(openChip));
        _thread = new Thread(Serve) { IsBackground = true, Name = listener.PortName };
        _thread.Start();
    }

    /// <summary>The name under which other tools reach the chip, such as <c>socket://127.0.0.1:4000</c> or <c>/dev/pts/5</c>.</summary>
    public string PortName => _listener.PortName;

    /// <summary>True while a client is connected.</summary>
    public bool HasClient => _hasClient;

    /// <summary>
    /// The failure that last cut a client off: the chip could not be opened, or it was unplugged. Null for none. The
    /// server goes on.
    /// </summary>
    public Exception? LastError => _lastError;

    /// <summary>Serves plain bytes over TCP.</summary>
    /// <param name="openChip">Opens the chip for a client.</param>
    /// <param name="address">Address to listen on; this machine only when null.</param>
    /// <param name="port">TCP port, 0 to 65535; 0 picks a free one.</param>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortInUse"/>, <see cref="ErrorCode.PortAccessDenied"/>.</exception>
    public static SimulatorServer StartSocket(
        Func<CancellationToken, ISerialTransport> openChip, IPAddress? address = null, int port = 0) =>
        new(new TcpClientListener("socket", address, port, socket => new SocketConnection(socket)), openChip);

    /// <summary>Serves bytes, baud rate and modem lines over TCP, by RFC 2217.</summary>
    /// <inheritdoc cref="StartSocket"/>
    public static SimulatorServer StartRfc2217(
        Func<CancellationToken, ISerialTransport> openChip, IPAddress? address = null, int port = 0) =>
        new(new TcpClientListener("rfc2217", address, port, socket => new Rfc2217Connection(socket), Rfc2217Connection.Busy), openChip);

    /// <summary>Serves bytes and baud rate on a pseudo-terminal. Linux only.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnsupported"/>: no pseudo-terminals here.</exception>
    public static SimulatorServer StartPseudoTerminal(Func<CancellationToken, ISerialTransport> openChip) =>
        new(new PseudoTerminalListener(), openChip);

    /// <summary>Stops within 100 ms; a client that is connected is cut off.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _thread.Join();
        _listener.Dispose();
        _stop.Dispose();
    }

    private void Serve()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                ServeOne();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The end of a thread: no failure of the chip or the client may end the process. The failure is kept for
                // the owner of the server.
                _lastError = error;
            }
            finally
            {
                _hasClient = false;
            }
        }
    }

    private void ServeOne()
    {
        using IClientConnection client = _listener.Accept(_stop.Token);
        _hasClient = true;
        using ISerialTransport chip = _openChip(_stop.Token);
        new ClientBridge(client, chip, _listener).Run(_stop.Token);
    }
}
