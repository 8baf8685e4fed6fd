using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Link.Framing;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Tests.Host.Hostile;

/// <summary>Puts frames into the place of one that the chip sent.</summary>
/// <param name="request">The latest request.</param>
/// <param name="frame">What the chip sent.</param>
internal delegate IEnumerable<byte[]> Lie(byte[] request, byte[] frame);

/// <summary>A chip whose answers are changed on the way.</summary>
internal sealed class LyingTransport(ISerialTransport inner, Lie lie) : ISerialTransport
{
    private readonly Queue<byte> _waiting = new();
    private readonly SlipDecoder _fromHost = new();
    private readonly SlipDecoder _fromChip = new();
    private readonly byte[] _buffer = new byte[4096];
    private byte[] _request = [0, 0, 0, 0, 0, 0, 0, 0];

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
            _fromChip.Feed(_buffer, 0, inner.Read(_buffer, 0, _buffer.Length, timeout, cancellationToken));
            while (_fromChip.TryTake() is { } frame)
            {
                foreach (byte[] said in lie(_request, frame))
                {
                    Array.ForEach(SlipEncoder.Encode(said), _waiting.Enqueue);
                }
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
        _fromHost.Feed(buffer, offset, count);
        while (_fromHost.TryTake() is { } frame)
        {
            _request = frame.Length >= 8 && frame[0] == 0 ? frame : _request;
        }

        inner.Write(buffer, offset, count, cancellationToken);
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        inner.DiscardInput(cancellationToken);
        _waiting.Clear();
        _fromChip.Reset();
    }

    public void Reopen(CancellationToken cancellationToken) => inner.Reopen(cancellationToken);

    public void Dispose() => inner.Dispose();
}
