using System;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>
/// Takes bytes as they come and passes them on encrypted, in whole units of the hardware; an incomplete unit waits for
/// the bytes that complete it.
/// </summary>
internal sealed class EncryptingWriter
{
    private readonly IFlashCipher _cipher;
    private readonly Func<uint, byte[], int, int, bool> _program;
    private readonly byte[] _pending;
    private int _count;

    /// <param name="cipher">The hardware.</param>
    /// <param name="program">Writes bytes at an address: the buffer, the offset of the first byte, and their number; false when it was interrupted.</param>
    public EncryptingWriter(IFlashCipher cipher, Func<uint, byte[], int, int, bool> program)
    {
        _cipher = cipher;
        _program = program;
        _pending = new byte[cipher.WriteUnit];
    }

    /// <summary>Takes more bytes.</summary>
    /// <param name="address">Address of the first of them.</param>
    /// <param name="data">The buffer they are in.</param>
    /// <param name="offset">Offset of the first of them in the buffer.</param>
    /// <param name="count">Their number.</param>
    /// <returns>False when a write was interrupted.</returns>
    public bool Write(uint address, byte[] data, int offset, int count)
    {
        byte[] whole = new byte[_count + count];
        Buffer.BlockCopy(_pending, 0, whole, 0, _count);
        Buffer.BlockCopy(data, offset, whole, _count, count);
        address -= (uint)_count;
        int ready = whole.Length / _pending.Length * _pending.Length;
        _count = whole.Length - ready;
        Buffer.BlockCopy(whole, ready, _pending, 0, _count);
        for (int at = 0; at < ready; at += AesBlock.Length)
        {
            _cipher.Encrypt(address + (uint)at, whole, at);
        }

        return _program(address, whole, 0, ready);
    }
}
