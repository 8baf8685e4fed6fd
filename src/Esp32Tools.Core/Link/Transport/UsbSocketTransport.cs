using System;
using System.Threading;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// The port at a place on the hub. It is looked up at each opening: a chip whose own USB port went away in a reset may
/// come back under another name, but it comes back in the same socket.
/// </summary>
internal sealed class UsbSocketTransport : ISerialTransport
{
    private readonly Reopenable<ISerialTransport> _port;

    internal UsbSocketTransport(
        string portName, Func<CancellationToken, ISerialTransport> open, CancellationToken cancellationToken)
    {
        PortName = portName;
        _port = new Reopenable<ISerialTransport>(portName, open, cancellationToken);
        Traits = _port.Current.Traits;
        Clock = _port.Current.Clock;
        BaudRate = _port.Current.BaudRate;
    }

    public string PortName { get; }

    public TransportTraits Traits { get; private set; }

    public IClock Clock { get; }

    public int BaudRate { get; private set; }

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        _port.Current.SetBaudRate(baudRate, cancellationToken);
        BaudRate = baudRate;
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        _port.Current.SetModemLines(dataTerminalReady, requestToSend, cancellationToken);

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken) =>
        _port.Current.Read(buffer, offset, count, timeout, cancellationToken);

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _port.Current.Write(buffer, offset, count, cancellationToken);

    public void DiscardInput(CancellationToken cancellationToken) => _port.Current.DiscardInput(cancellationToken);

    public void Reopen(CancellationToken cancellationToken)
    {
        _port.Reopen(cancellationToken);
        Traits = _port.Current.Traits;
        if (_port.Current.BaudRate != BaudRate)
        {
            _port.Current.SetBaudRate(BaudRate, cancellationToken);
        }
    }

    public void Dispose() => _port.Dispose();
}
