using System;
using System.Security.Cryptography;

namespace Esp32Tools.Crypto.FlashEncryption;

/// <summary>
/// The scheme of the ESP32: AES-256 with a separate key for every 32 bytes (ESP32 Technical Reference Manual, chapter flash
/// encryption). The hardware runs the block cipher backwards: to decrypt, it uses AES encryption, with the bytes of every block
/// in reverse order.
/// </summary>
/// <remarks>
/// A megabyte takes 32768 keys. The platform's AES handles them in 30 to 60 ms (OpenSSL), so no AES of our own is needed.
/// </remarks>
internal sealed class Esp32FlashCipher : FlashCipher
{
    private const int LineSize = 32;
    private const int ShortKeyLength = 24;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _key = new byte[LineSize];
    private readonly Esp32KeyTweak _tweak;

    public Esp32FlashCipher(FlashKey key, int cryptConfig)
    {
        // Block by block, without an IV.
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        byte[] given = key.Reveal();
        Array.Copy(given, _key, given.Length);
        if (given.Length == ShortKeyLength)
        {
            // Under 3/4 coding the block holds 24 bytes and the hardware takes the last eight of the first sixteen twice.
            Array.Copy(given, 8, _key, ShortKeyLength, 8);
        }

        Array.Clear(given, 0, given.Length);
        _tweak = new Esp32KeyTweak(cryptConfig);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _aes.Dispose();
        Array.Clear(_key, 0, _key.Length);
    }

    private protected override bool FillsLastBlock => true;

    private protected override byte[] Transform(byte[] data, uint address, bool encrypt)
    {
        byte[] input = Reversed(data);
        byte[] output = new byte[data.Length];
        byte[] key = (byte[])_key.Clone();
        uint tweaked = 0;
        for (int done = 0; done < data.Length;)
        {
            uint line = address + (uint)done;
            _tweak.Apply(key, tweaked ^ line);
            tweaked = line;
            int length = Math.Min(data.Length - done, LineSize - (int)(line % LineSize));
            using ICryptoTransform aes = encrypt ? _aes.CreateDecryptor(key, null) : _aes.CreateEncryptor(key, null);
            done += aes.TransformBlock(input, done, length, output, done);
        }

        Array.Clear(key, 0, key.Length);
        return Reversed(output);
    }

    private static byte[] Reversed(byte[] data)
    {
        byte[] reversed = new byte[data.Length];
        for (int i = 0; i < data.Length; i++)
        {
            reversed[i ^ (BlockSize - 1)] = data[i];
        }

        return reversed;
    }
}
