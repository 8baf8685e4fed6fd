using System;

namespace Esp32Tools.Simulator.Link;

/// <summary>A run of bytes that leaves the chip without a gap, at the pace of the line.</summary>
internal sealed class OutputSegment
{
    // A full-speed USB bulk packet; the bridge hands over whole ones, and the rest when the line pauses.
    private const int Packet = 64;
    private const long BitTicks = TimeSpan.TicksPerSecond;
    private const int BitsPerByte = 10;

    private readonly byte[] _data;
    private readonly long _start;
    private readonly int _baudRate;
    private readonly long _latency;
    private int _length;
    private int _taken;

    /// <param name="data">The bytes.</param>
    /// <param name="start">The time at which the first bit leaves, in ticks.</param>
    /// <param name="baudRate">Pace, in baud; 0 for none.</param>
    /// <param name="latency">Delay of the bridge, in ticks.</param>
    public OutputSegment(byte[] data, long start, int baudRate, long latency)
    {
        _data = data;
        _length = data.Length;
        _start = start;
        _baudRate = baudRate;
        _latency = latency;
    }

    public bool IsTaken => _taken == _length;

    /// <summary>The time at which the last bit leaves, in ticks.</summary>
    public long End => Sent(_length);

    /// <summary>The time at which the next bytes can be taken, in ticks.</summary>
    public long NextVisible => Sent(Math.Min(_length, ((_taken / Packet) + 1) * Packet)) + _latency;

    /// <summary>The earliest time at which the last byte taken was available, in ticks.</summary>
    public long TakenVisible => Sent(Math.Min(_length, (_taken + Packet - 1) / Packet * Packet)) + _latency;

    /// <summary>Takes the bytes that have arrived.</summary>
    public int Take(long now, byte[] buffer, int offset, int count)
    {
        int visible = Visible(now);
        int part = Math.Min(count, visible - _taken);
        if (part <= 0)
        {
            return 0;
        }

        Buffer.BlockCopy(_data, _taken, buffer, offset, part);
        _taken += part;
        return part;
    }

    /// <summary>Cuts the run off when the chip stops: bytes that have not left are dropped.</summary>
    public void Cut(long now) => _length = Math.Max(_taken, SentBy(now));

    private int Visible(long now)
    {
        int sent = SentBy(now - _latency);
        return sent < _length ? Math.Max(_taken, sent / Packet * Packet) : sent;
    }

    private int SentBy(long time)
    {
        if (time < _start)
        {
            return 0;
        }

        return _baudRate == 0 ? _length : (int)Math.Min(_length, (time - _start) * _baudRate / (BitsPerByte * BitTicks));
    }

    // Rounded up, so that the bytes are there at the reported time.
    private long Sent(int bytes) => _baudRate == 0 ? _start : _start + (((bytes * BitsPerByte * BitTicks) + _baudRate - 1) / _baudRate);
}
