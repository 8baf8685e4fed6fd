using System;
using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Devices;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Simulator.Link;

/// <summary>
/// The wire between host and chip: pace, faults, and the noise of a wrong rate. Frames are found as soon as the host
/// writes, and become due when their last byte is in. All times are ticks of 100 ns on the board's clock.
/// </summary>
internal sealed class SerialLink
{
    // The largest frame a loader takes: the stub's 8 + 0x4000 + 0xFF (protocol.md, section 5); the ROM's blocks are smaller.
    private const int LongestFrame = 8 + 0x4000 + 0xFF;
    private const long BitsPerByte = 10;

    // Request and block header in front of a block.
    private const int BlockHeaders = 8 + 16;

    private readonly Uart _uart;
    private readonly LineNoise _noise;
    private readonly SlipReceiver _receiver;
    private readonly Queue<InputFrame> _frames = new();
    private readonly Queue<OutputSegment> _output = new();
    private readonly long _latency;
    private readonly bool _paced;
    private long _inputFree;
    private long _outputFree;
    private int _burst;

    /// <param name="uart">The chip's end.</param>
    /// <param name="options">Pace, kind of port, and noise.</param>
    /// <param name="loader">The facts of the chip's loaders.</param>
    public SerialLink(Uart uart, SimulatorOptions options, LoaderFacts loader)
    {
        _uart = uart;
        _noise = new LineNoise(options.Seed);
        _paced = options.Timing is not null;
        _latency = options.Timing?.UsbLatency.Ticks ?? 0;
        IgnoresBaudRate = options.Connection != BoardConnection.Uart;
        _receiver = new SlipReceiver(options.Connection == BoardConnection.UsbOtg ? BlockHeaders + loader.UsbOtgBlockSize : LongestFrame);
    }

    /// <summary>The faults of the wire; null for none.</summary>
    public FaultEngine? Faults { get; set; }

    /// <summary>The host's rate; null for a host that always has the chip's.</summary>
    public int? HostBaudRate { get; set; } = Uart.BootBaudRate;

    /// <summary>True for a port that has no rate: the chip's own USB.</summary>
    public bool IgnoresBaudRate { get; }

    /// <summary>Set by a fault or a command: the cable is out.</summary>
    public Fault? Unplugged { get; private set; }

    /// <summary>The next frame or event for the chip; null when none is under way.</summary>
    public InputFrame? NextFrame => _frames.Count > 0 ? _frames.Peek() : null;

    /// <summary>The time at which the host's last byte is on the wire.</summary>
    public long InputDone => _inputFree;

    /// <summary>The time at which the host can read more; <see cref="long.MaxValue"/> when nothing is on its way.</summary>
    public long NextOutput => _output.Count > 0 ? _output.Peek().NextVisible : long.MaxValue;

    /// <summary>The earliest time at which the last byte that the host read was available.</summary>
    public long LastReadVisible { get; private set; }

    public InputFrame TakeFrame() => _frames.Dequeue();

    /// <summary>The host writes.</summary>
    /// <param name="now">Time.</param>
    /// <param name="data">The buffer with the bytes.</param>
    /// <param name="offset">Offset of the first of them.</param>
    /// <param name="count">Their number.</param>
    /// <param name="isHeard">False when the chip does not listen: the bytes are lost.</param>
    public void FromHost(long now, byte[] data, int offset, int count, bool isHeard)
    {
        _burst++;
        _inputFree = Math.Max(_inputFree, now);
        if (Faults is null)
        {
            Arrive(data, offset, count, isHeard);
            return;
        }

        foreach (WirePiece piece in Faults.Pass(FaultPlace.HostToChip, data, offset, count))
        {
            _inputFree += piece.Delay.Ticks;
            if (Happens(piece))
            {
                return;
            }

            Arrive(piece.Data, piece.Offset, piece.Count, isHeard);
        }
    }

    /// <summary>The chip sends.</summary>
    public void FromChip(long now, byte[] data)
    {
        if (!IgnoresBaudRate && !LineNoise.Understand(_uart.BaudRate, HostRate))
        {
            data = _noise.Garble(data.Length, _uart.BaudRate, HostRate);
        }

        if (Faults is null)
        {
            Leave(now, data);
            return;
        }

        foreach (WirePiece piece in Faults.Pass(FaultPlace.ChipToHost, data, 0, data.Length))
        {
            _outputFree = Math.Max(_outputFree, now) + piece.Delay.Ticks;
            if (Happens(piece))
            {
                return;
            }

            byte[] part = new byte[piece.Count];
            Buffer.BlockCopy(piece.Data, piece.Offset, part, 0, piece.Count);
            Leave(now, part);
        }
    }

    /// <summary>The host reads the bytes that have arrived.</summary>
    public int ToHost(long now, byte[] buffer, int offset, int count)
    {
        int total = 0;
        while (_output.Count > 0 && total < count)
        {
            OutputSegment segment = _output.Peek();
            int part = segment.Take(now, buffer, offset + total, count - total);
            LastReadVisible = part > 0 ? segment.TakenVisible : LastReadVisible;
            total += part;
            if (!segment.IsTaken)
            {
                break;
            }

            _output.Dequeue();
        }

        return total;
    }

    /// <summary>The chip stops: bytes under way to it are lost, and bytes that have not left it are dropped.</summary>
    public void ChipStops(long now)
    {
        _frames.Clear();
        _receiver.Reset();
        foreach (OutputSegment segment in _output)
        {
            segment.Cut(now);
        }

        _outputFree = Math.Min(_outputFree, now);
    }

    /// <summary>The host closes its port: unread bytes are dropped.</summary>
    public void HostCloses()
    {
        _output.Clear();
        _receiver.Reset();
    }

    public void Plug() => Unplugged = null;

    public void Unplug(Fault how) => Unplugged ??= how;

    private void Arrive(byte[] data, int offset, int count, bool isHeard)
    {
        long start = _inputFree;
        _inputFree = ByteTime(start, count);
        if (!isHeard || count == 0)
        {
            return;
        }

        _uart.Hear(HostRate);
        if (!IgnoresBaudRate && !LineNoise.Understand(HostRate, _uart.BaudRate))
        {
            byte[] heard = _noise.Garble(count, HostRate, _uart.BaudRate);
            Receive(heard, 0, heard.Length, _ => _inputFree);
            return;
        }

        Receive(data, offset, count, taken => ByteTime(start, taken));
    }

    private void Receive(byte[] data, int offset, int count, Func<int, long> arrival)
    {
        int at = offset;
        while (_receiver.Take(data, ref at, offset + count) is { } payload)
        {
            _frames.Enqueue(new InputFrame(arrival(at - offset), _burst, payload));
        }
    }

    private void Leave(long now, byte[] data)
    {
        var segment = new OutputSegment(data, Math.Max(_outputFree, now), _paced ? PaceOf(_uart.BaudRate) : 0, _latency);
        _outputFree = segment.End;
        if (data.Length > 0)
        {
            _output.Enqueue(segment);
        }
    }

    // True when nothing passes any more.
    private bool Happens(WirePiece piece)
    {
        switch (piece.Before?.Kind)
        {
            case FaultKind.Unplug:
                Unplugged = piece.Before;
                return true;
            case FaultKind.BrownOut:
                _frames.Enqueue(new InputFrame(_inputFree, _burst, null));
                return false;
            default:
                return false;
        }
    }

    private long ByteTime(long start, int bytes) =>
        _paced ? start + (bytes * BitsPerByte * TimeSpan.TicksPerSecond / PaceOf(HostRate)) : start;

    private int HostRate => HostBaudRate ?? _uart.BaudRate;

    // The chip's own USB moves full-speed packets, some 8 Mbit/s, at any rate set.
    private int PaceOf(int baudRate) => IgnoresBaudRate ? 8_000_000 : baudRate;
}
