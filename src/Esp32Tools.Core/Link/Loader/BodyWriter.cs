using System;
using System.Collections.Generic;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader;

/// <summary>Collects the body of a request in wire order.</summary>
public sealed class BodyWriter
{
    private const int HeaderLength = 8;

    private byte[] _buffer = new byte[64];
    private int _length = HeaderLength;

    /// <summary>Adds a 32-bit word.</summary>
    public BodyWriter Word(uint value)
    {
        Reserve(4);
        LittleEndian.WriteUInt32(_buffer, _length, value);
        _length += 4;
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public BodyWriter Bytes(byte[] bytes, int offset, int count)
    {
        Reserve(count);
        Buffer.BlockCopy(bytes, offset, _buffer, _length, count);
        _length += count;
        return this;
    }

    /// <summary>Adds the same byte several times.</summary>
    public BodyWriter Fill(byte value, int count)
    {
        Reserve(count);
        for (int i = 0; i < count; i++)
        {
            _buffer[_length++] = value;
        }

        return this;
    }

    /// <summary>Prepends the header.</summary>
    internal byte[] ToPayload(LoaderCommand command, uint checksum)
    {
        _buffer[0] = 0;
        _buffer[1] = (byte)command;
        LittleEndian.WriteUInt16(_buffer, 2, checked((ushort)(_length - HeaderLength)));
        LittleEndian.WriteUInt32(_buffer, 4, checksum);
        Array.Resize(ref _buffer, _length);
        return _buffer;
    }

    private void Reserve(int count)
    {
        if (_length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
        }
    }
}
