using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Host.Hostile;

/// <summary>
/// A port whose clock runs faster than the one on the wall: each limit of the product keeps its length, and passes sooner.
/// </summary>
internal sealed class HurriedTransport(ISerialTransport inner, int pace) : ISerialTransport
{
    public string PortName => inner.PortName;

    public TransportTraits Traits => inner.Traits;

    public IClock Clock { get; } = new HurriedClock(inner.Clock, pace);

    public int BaudRate => inner.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken) => inner.SetBaudRate(baudRate, cancellationToken);

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        inner.SetModemLines(dataTerminalReady, requestToSend, cancellationToken);

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken) =>
        inner.Read(buffer, offset, count, timeout / pace, cancellationToken);

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.Write(buffer, offset, count, cancellationToken);

    public void DiscardInput(CancellationToken cancellationToken) => inner.DiscardInput(cancellationToken);

    public void Reopen(CancellationToken cancellationToken) => inner.Reopen(cancellationToken);

    public void Dispose() => inner.Dispose();

    private sealed class HurriedClock(IClock inner, int pace) : IClock
    {
        public TimeSpan Now => inner.Now * pace;

        public void Delay(TimeSpan duration, CancellationToken cancellationToken) => inner.Delay(duration / pace, cancellationToken);
    }
}
