using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// A port that brings each frame of the chip twice: the copy right behind the first, or only after the host has written
/// again, as over a line that is slower than the host.
/// </summary>
internal sealed class RepeatingTransport(ISerialTransport inner, bool isLate) : ISerialTransport
{
    private const byte Delimiter = 0xC0;

    private readonly Queue<byte> _waiting = new();
    private readonly List<byte> _copies = [];
    private readonly List<byte> _frame = [];

    public string PortName => inner.PortName;

    public TransportTraits Traits => inner.Traits;

    public IClock Clock => inner.Clock;

    public int BaudRate => inner.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken) => inner.SetBaudRate(baudRate, cancellationToken);

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken) =>
        inner.SetModemLines(dataTerminalReady, requestToSend, cancellationToken);

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            byte[] arrived = new byte[4096];
            int got = inner.Read(arrived, 0, arrived.Length, timeout, cancellationToken);
            for (int i = 0; i < got; i++)
            {
                Take(arrived[i]);
            }
        }

        int taken = Math.Min(count, _waiting.Count);
        for (int i = 0; i < taken; i++)
        {
            buffer[offset + i] = _waiting.Dequeue();
        }

        return taken;
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        inner.Write(buffer, offset, count, cancellationToken);
        _copies.ForEach(_waiting.Enqueue);
        _copies.Clear();
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        inner.DiscardInput(cancellationToken);
        _waiting.Clear();
        _copies.Clear();
        _frame.Clear();
    }

    public void Reopen(CancellationToken cancellationToken) => inner.Reopen(cancellationToken);

    public void Dispose() => inner.Dispose();

    private void Take(byte value)
    {
        _waiting.Enqueue(value);
        if (value != Delimiter)
        {
            _frame.Add(value);
            return;
        }

        if (_frame.Count > 0 && isLate)
        {
            _copies.AddRange([Delimiter, .. _frame, Delimiter]);
        }
        else if (_frame.Count > 0)
        {
            _waiting.Enqueue(Delimiter);
            _frame.ForEach(_waiting.Enqueue);
            _waiting.Enqueue(Delimiter);
        }

        _frame.Clear();
    }
}
