using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A port that counts what goes through it, and calls out before each thing that is asked of it.</summary>
internal sealed class MeteredTransport(ISerialTransport inner) : ISerialTransport
{
    public string PortName => inner.PortName;

    public TransportTraits Traits => inner.Traits;

    public IClock Clock => inner.Clock;

    public int BaudRate => inner.BaudRate;

    /// <summary>Called before anything is done.</summary>
    public Action? Before { get; set; }

    /// <summary>Called before bytes go to the chip.</summary>
    public Action? BeforeWrite { get; set; }

    public long BytesToChip { get; private set; }

    public long BytesToHost { get; private set; }

    /// <summary>The lines as they were left: both released.</summary>
    public bool LinesReleased { get; private set; } = true;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        Before?.Invoke();
        inner.SetBaudRate(baudRate, cancellationToken);
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        Before?.Invoke();
        inner.SetModemLines(dataTerminalReady, requestToSend, cancellationToken);
        LinesReleased = !dataTerminalReady && !requestToSend;
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Before?.Invoke();
        int read = inner.Read(buffer, offset, count, timeout, cancellationToken);
        BytesToHost += read;
        return read;
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Before?.Invoke();
        BeforeWrite?.Invoke();
        inner.Write(buffer, offset, count, cancellationToken);
        BytesToChip += count;
    }

    // Read and not thrown away, because it counts as well.
    public void DiscardInput(CancellationToken cancellationToken)
    {
        Before?.Invoke();
        var sink = new byte[4096];
        for (int read; (read = inner.Read(sink, 0, sink.Length, TimeSpan.Zero, cancellationToken)) > 0;)
        {
            BytesToHost += read;
        }
    }

    public void Reopen(CancellationToken cancellationToken)
    {
        Before?.Invoke();
        inner.Reopen(cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}
