using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A port behind which another board is once it was opened again.</summary>
internal sealed class SwappedTransport(ISerialTransport first, ISerialTransport second) : ISerialTransport
{
    private bool _isSwapped;

    private ISerialTransport Current => _isSwapped ? second : first;

    public string PortName => Current.PortName;

    public TransportTraits Traits => Current.Traits;

    public IClock Clock => Current.Clock;

    public int BaudRate => Current.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken) => Current.SetBaudRate(baudRate, cancellationToken);

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        Current.SetModemLines(dataTerminalReady, requestToSend, cancellationToken);

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken) =>
        Current.Read(buffer, offset, count, timeout, cancellationToken);

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Current.Write(buffer, offset, count, cancellationToken);

    public void DiscardInput(CancellationToken cancellationToken) => Current.DiscardInput(cancellationToken);

    public void Reopen(CancellationToken cancellationToken) => _isSwapped = true;

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
