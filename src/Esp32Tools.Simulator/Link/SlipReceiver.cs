using System;

namespace Esp32Tools.Simulator.Link;

/// <summary>
/// Extracts SLIP frames from a stream of bytes (protocol.md, section 1): C0, payload with C0 as DB DC and DB as DB DD, C0.
/// Bytes outside frames are dropped, and so is a frame with any other byte after DB, or one that is too long.
/// </summary>
internal sealed class SlipReceiver
{
    private const byte End = 0xC0;
    private const byte Escape = 0xDB;
    private const byte EscapedEnd = 0xDC;
    private const byte EscapedEscape = 0xDD;

    private readonly byte[] _buffer;
    private int _length;
    private bool _inside;
    private bool _escaped;
    private bool _spoiled;

    /// <param name="capacity">Longest payload.</param>
    public SlipReceiver(int capacity) => _buffer = new byte[capacity];

    public void Reset()
    {
        _inside = false;
        _escaped = false;
        _spoiled = false;
        _length = 0;
    }

    /// <summary>Takes bytes up to and including the one that ends a frame.</summary>
    /// <param name="bytes">The bytes that arrived.</param>
    /// <param name="offset">Offset of the first byte; moved past the bytes taken.</param>
    /// <param name="end">Offset after the last byte.</param>
    /// <returns>The frame; null when the bytes ran out before one was complete.</returns>
    public byte[]? Take(byte[] bytes, ref int offset, int end)
    {
        while (offset < end)
        {
            byte value = bytes[offset];
            if (value == End)
            {
                offset++;
                if (EndFrame() is { } frame)
                {
                    return frame;
                }
            }
            else if (!_inside)
            {
                offset = NextEnd(bytes, offset, end);
            }
            else if (_escaped)
            {
                offset++;
                _escaped = false;
                _spoiled |= value is not (EscapedEnd or EscapedEscape);
                Add(value == EscapedEnd ? End : Escape);
            }
            else if (value == Escape)
            {
                offset++;
                _escaped = true;
            }
            else
            {
                offset = AddRun(bytes, offset, end);
            }
        }

        return null;
    }

    // Two C0 in a row are an empty frame, which does not count: the second one may begin the next frame.
    private byte[]? EndFrame()
    {
        if (!_inside || (_length == 0 && !_spoiled))
        {
            _inside = true;
            return null;
        }

        byte[]? frame = null;
        if (!_spoiled && !_escaped)
        {
            frame = new byte[_length];
            Buffer.BlockCopy(_buffer, 0, frame, 0, _length);
        }

        Reset();
        return frame;
    }

    private int AddRun(byte[] bytes, int start, int end)
    {
        int stop = start;
        while (stop < end && bytes[stop] != End && bytes[stop] != Escape)
        {
            stop++;
        }

        int count = Math.Min(stop - start, _buffer.Length - _length);
        _spoiled |= count < stop - start;
        Buffer.BlockCopy(bytes, start, _buffer, _length, count);
        _length += count;
        return stop;
    }

    private void Add(byte value)
    {
        if (_length == _buffer.Length)
        {
            _spoiled = true;
            return;
        }

        _buffer[_length++] = value;
    }

    private static int NextEnd(byte[] bytes, int start, int end)
    {
        int at = Array.IndexOf(bytes, End, start, end - start);
        return at < 0 ? end : at;
    }
}
