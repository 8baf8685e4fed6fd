using System;
using System.Collections.Generic;
using System.Text;

namespace Esp32Tools.Link.Framing;

/// <summary>
/// Finds frames in a stream that may hold other data as well: a boot log, the noise of a reset, halves of frames.
/// <para>
/// Every C0 ends the bytes before it and may begin those after it. So a lost delimiter costs one frame and not all that
/// follow; the price is that text between two frames comes out as a frame, which the layer above rejects by its form.
/// Bytes before the first C0, and frames with an escape that SLIP does not have, are noise.
/// </para>
/// </summary>
public sealed class SlipDecoder
{
    private const int NoiseKept = 4096;

    // The longest frame a chip sends carries 4096 bytes of flash; a longer one has lost its end.
    private const int LongestFrame = 0x1_0000;

    private readonly Queue<byte[]> _frames = new();
    private readonly StringBuilder _noise = new();
    private byte[] _buffer = new byte[0x5000];
    private int _length;
    private bool _inFrame;
    private bool _escaped;
    private bool _damaged;

    /// <summary>Number of bytes that belonged to no frame since the last <see cref="Reset"/>.</summary>
    public long NoiseCount { get; private set; }

    /// <summary>
    /// The latest of those bytes as Latin-1 text, at most 4096: a boot log is found here.
    /// </summary>
    public string NoiseText => _noise.ToString();

    /// <summary>Number of frames dropped for a wrong escape.</summary>
    public int DamagedCount { get; private set; }

    /// <summary>Takes bytes in the order of their arrival.</summary>
    public void Feed(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
        {
            byte value = buffer[i];
            if (value == SlipEncoder.End)
            {
                CloseFrame();
            }
            else if (!_inFrame)
            {
                AddNoise(value);
            }
            else
            {
                Accept(value);
            }
        }
    }

    /// <summary>The next whole frame without delimiters and escapes, or null.</summary>
    public byte[]? TryTake() => _frames.Count > 0 ? _frames.Dequeue() : null;

    /// <summary>Counts a frame as noise that the layer above could not use.</summary>
    public void Reject(byte[] frame)
    {
        foreach (byte value in frame)
        {
            AddNoise(value);
        }
    }

    /// <summary>Gives up the unfinished frame and counts its bytes as noise. For use when its time has passed.</summary>
    public void Abandon()
    {
        DropAsNoise();
        _inFrame = false;
    }

    /// <summary>Returns to the initial state.</summary>
    public void Reset()
    {
        _frames.Clear();
        _noise.Clear();
        _length = 0;
        _inFrame = false;
        _escaped = false;
        _damaged = false;
        NoiseCount = 0;
        DamagedCount = 0;
    }

    private void CloseFrame()
    {
        if (_damaged || _escaped)
        {
            DamagedCount++;
            DropAsNoise();
        }
        else if (_length > 0)
        {
            var frame = new byte[_length];
            Buffer.BlockCopy(_buffer, 0, frame, 0, _length);
            _frames.Enqueue(frame);
            _length = 0;
        }

        _inFrame = true;
    }

    private void DropAsNoise()
    {
        for (int i = 0; i < _length; i++)
        {
            AddNoise(_buffer[i]);
        }

        if (_escaped)
        {
            AddNoise(SlipEncoder.Escape);
        }

        _length = 0;
        _escaped = false;
        _damaged = false;
    }

    private void Accept(byte value)
    {
        if (_escaped)
        {
            _escaped = false;
            switch (value)
            {
                case SlipEncoder.EscapedEnd:
                    Append(SlipEncoder.End);
                    return;
                case SlipEncoder.EscapedEscape:
                    Append(SlipEncoder.Escape);
                    return;
                default:
                    _damaged = true;
                    break;
            }
        }
        else if (value == SlipEncoder.Escape)
        {
            _escaped = true;
            return;
        }

        Append(value);
    }

    private void Append(byte value)
    {
        if (_length == LongestFrame)
        {
            Abandon();
            AddNoise(value);
            return;
        }

        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        _buffer[_length++] = value;
    }

    private void AddNoise(byte value)
    {
        NoiseCount++;
        if (_noise.Length >= NoiseKept)
        {
            _noise.Remove(0, NoiseKept / 2);
        }

        _noise.Append((char)value);
    }
}
