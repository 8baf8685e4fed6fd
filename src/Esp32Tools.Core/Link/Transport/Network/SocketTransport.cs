using System;
using System.Threading;

namespace Esp32Tools.Link.Transport.Network;

/// <summary>Plain bytes over TCP: no lines, no baud rate.</summary>
internal sealed class SocketTransport : ISerialTransport
{
    private readonly Reopenable<NetworkLink> _link;

    /// <summary>Connects.</summary>
    /// <exception cref="Errors.TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal SocketTransport(NetworkPortName name, CancellationToken cancellationToken, TimeSpan? writeLimit = null)
    {
        PortName = name.Text;
        _link = new Reopenable<NetworkLink>(name.Text, token => NetworkLink.Connect(name, token, writeLimit), cancellationToken);
    }

    public string PortName { get; }

    public TransportTraits Traits { get; } = new() { HasModemLines = false, HasBaudRate = false };

    public IClock Clock => SystemClock.Instance;

    public int BaudRate { get; private set; } = TransportDefaults.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BaudRate = baudRate;
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        cancellationToken.ThrowIfCancellationRequested();

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count);
        return _link.Current.Read(buffer, offset, count, timeout, cancellationToken);
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count, mayBeEmpty: true);
        _link.Current.Write(buffer, offset, count, cancellationToken);
    }

    /// <exception cref="Errors.TransportException"><see cref="Errors.ErrorCode.PortFlooded"/>: it does not end.</exception>
    public void DiscardInput(CancellationToken cancellationToken) => _link.Current.Discard(cancellationToken);

    public void Reopen(CancellationToken cancellationToken) => _link.Reopen(cancellationToken);

    public void Dispose() => _link.Dispose();
}
