using System;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>The block between processor and flash that encrypts, 16 bytes at a time, each by its address.</summary>
internal interface IFlashCipher : IDisposable
{
    /// <summary>Unit of a write, in bytes: address and length of a write are multiples of it.</summary>
    int WriteUnit { get; }

    /// <summary>Encrypts 16 bytes in place.</summary>
    /// <param name="address">Their address in the flash, a multiple of 16.</param>
    /// <param name="data">The buffer they are in.</param>
    /// <param name="offset">Offset of the first of them in the buffer.</param>
    void Encrypt(uint address, byte[] data, int offset);

    /// <summary>Decrypts 16 bytes in place.</summary>
    void Decrypt(uint address, byte[] data, int offset);
}
