using System;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>The block between processor and flash that encrypts, 16 bytes at a time, each by its address.</summary>
internal interface IFlashCipher : IDisposable
{
    /// <summary>Bytes that the hardware writes in one go: address and length of a write are multiples of it.</summary>
    int WriteUnit { get; }

    /// <summary>Encrypts 16 bytes in place.</summary>
    /// <param name="address">Where they are in the flash, a multiple of 16.</param>
    /// <param name="data">The buffer they are in.</param>
    /// <param name="offset">Where they begin in it.</param>
    void Encrypt(uint address, byte[] data, int offset);

    /// <summary>Takes that back.</summary>
    void Decrypt(uint address, byte[] data, int offset);
}
