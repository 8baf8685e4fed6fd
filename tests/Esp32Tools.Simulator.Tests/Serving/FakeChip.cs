using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>
/// A port whose far end is the test: it sends every byte back, and writes down what was asked of it. With
/// <see cref="Echoes"/> off it only says what it is told to.
/// </summary>
internal sealed class FakeChip : ISerialTransport
{
    private readonly BlockingCollection<byte> _output = [];
    private readonly ConcurrentQueue<string> _events = new();

    public string PortName => "virtual:fake";

    public TransportTraits Traits { get; } = new() { SetsLinesTogether = true };

    public IClock Clock => SystemClock.Instance;

    public int BaudRate { get; private set; } = 115200;

    internal bool Echoes { get; init; } = true;

    internal bool IsClosed { get; private set; }

    internal Exception? Failure { get; set; }

    /// <summary>What was asked of the port, in order; runs of written bytes joined.</summary>
    internal IReadOnlyList<string> Events => [.. _events];

    internal void Say(params byte[] bytes)
    {
        foreach (byte value in bytes)
        {
            _output.Add(value);
        }
    }

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        if (baudRate > 4_000_000)
        {
            throw new TransportException(ErrorCode.PortUnsupported, "Too fast.");
        }

        _events.Enqueue($"baud {baudRate}");
        BaudRate = baudRate;
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        _events.Enqueue($"D{(dataTerminalReady ? 1 : 0)} R{(requestToSend ? 1 : 0)}");

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        int got = 0;
        while (got < count && _output.TryTake(out byte value, got == 0 ? (int)timeout.TotalMilliseconds : 0, cancellationToken))
        {
            buffer[offset + got++] = value;
        }

        return got;
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        byte[] bytes = buffer[offset..(offset + count)];
        if (count <= 16)
        {
            _events.Enqueue("bytes " + Convert.ToHexString(bytes));
        }

        if (Echoes)
        {
            Say(bytes);
        }
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        while (_output.TryTake(out _))
        {
        }

        _events.Enqueue("discard");
    }

    public void Reopen(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() => IsClosed = true;
}
