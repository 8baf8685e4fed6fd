using System;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>Bytes that have arrived and were not read yet, up to a limit.</summary>
internal sealed class ByteQueue
{
    /// <summary>
    /// Most bytes that wait: more than ten seconds at four megabaud. A port that sends more has no serial line behind it.
    /// </summary>
    internal const int Capacity = 4 * 1024 * 1024;

    private byte[] _bytes = new byte[16 * 1024];
    private int _start;
    private int _end;

    internal bool IsEmpty => _start == _end;

    /// <summary>Adds all the bytes, or none when they have no room.</summary>
    /// <returns>False when they have no room.</returns>
    internal bool TryAdd(byte[] source, int offset, int count)
    {
        if (count > Capacity - (_end - _start))
        {
            return false;
        }

        if (_end + count > _bytes.Length)
        {
            MakeRoom(count);
        }

        Buffer.BlockCopy(source, offset, _bytes, _end, count);
        _end += count;
        return true;
    }

    internal int Take(byte[] target, int offset, int count)
    {
        int taken = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_bytes, _start, target, offset, taken);
        _start += taken;
        if (IsEmpty)
        {
            Clear();
        }

        return taken;
    }

    internal void Clear()
    {
        _start = 0;
        _end = 0;
    }

    private void MakeRoom(int count)
    {
        int waiting = _end - _start;
        byte[] roomier = waiting + count > _bytes.Length ? new byte[Math.Min(Capacity, Math.Max(_bytes.Length * 2, waiting + count))] : _bytes;
        Buffer.BlockCopy(_bytes, _start, roomier, 0, waiting);
        _bytes = roomier;
        _start = 0;
        _end = waiting;
    }
}
