using System;

namespace Esp32Tools.Simulator.Loader;

/// <summary>Bits of a deflate stream, lowest first, out of bytes that arrive piece by piece.</summary>
internal sealed class BitSource
{
    private byte[] _input = [];
    private int _next;
    private (ulong Bits, int Count, int Next) _mark;

    /// <summary>The next bits; those above <see cref="Count"/> are zero.</summary>
    public ulong Bits { get; private set; }

    /// <summary>Number of bits that are ready.</summary>
    public int Count { get; private set; }

    /// <summary>Number of bytes after those bits.</summary>
    public int Rest => _input.Length - _next;

    public void Append(byte[] data, int offset, int count)
    {
        byte[] input = new byte[Rest + count];
        Buffer.BlockCopy(_input, _next, input, 0, Rest);
        Buffer.BlockCopy(data, offset, input, Rest, count);
        _input = input;
        _next = 0;
    }

    /// <summary>Remembers the place.</summary>
    public void Mark() => _mark = (Bits, Count, _next);

    /// <summary>Goes back to the place that was remembered.</summary>
    public void GoBack() => (Bits, Count, _next) = _mark;

    /// <summary>Makes at least 56 bits ready, or all there are.</summary>
    public void Refill()
    {
        while (Count <= 56 && _next < _input.Length)
        {
            Bits |= (ulong)_input[_next++] << Count;
            Count += 8;
        }
    }

    /// <summary>Takes up to 32 bits; false when there are too few.</summary>
    public bool Take(int count, out uint value)
    {
        Refill();
        value = (uint)(Bits & ((1ul << count) - 1));
        if (Count < count)
        {
            return false;
        }

        Drop(count);
        return true;
    }

    public void Drop(int count)
    {
        Bits >>= count;
        Count -= count;
    }

    /// <summary>Copies the bytes that follow; no bits may be ready.</summary>
    public void CopyBytes(byte[] target, int offset, int count)
    {
        Buffer.BlockCopy(_input, _next, target, offset, count);
        _next += count;
    }
}
