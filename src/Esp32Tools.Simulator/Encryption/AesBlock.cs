using System;
using System.Security.Cryptography;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>AES on single blocks of 16 bytes, by the platform.</summary>
internal sealed class AesBlock : IDisposable
{
    /// <summary>Size of a block, in bytes.</summary>
    public const int Length = 16;

    private readonly Aes _aes = Aes.Create();
    private ICryptoTransform? _encryptor;
    private ICryptoTransform? _decryptor;

    public AesBlock(byte[] key)
    {
        // Every block of flash has its own tweak, so ECB is the right mode here.
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.Key = key;
    }

    public void Encrypt(byte[] block) => (_encryptor ??= _aes.CreateEncryptor()).TransformBlock(block, 0, Length, block, 0);

    public void Decrypt(byte[] block) => (_decryptor ??= _aes.CreateDecryptor()).TransformBlock(block, 0, Length, block, 0);

    public void Dispose()
    {
        _encryptor?.Dispose();
        _decryptor?.Dispose();
        _aes.Dispose();
    }
}
