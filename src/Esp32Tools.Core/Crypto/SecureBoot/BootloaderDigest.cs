using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>
/// The data by which the ESP32's ROM verifies its bootloader in secure boot v1; goes to flash address 0:
/// <code>
///      0  128 random bytes
///    128  digest, 64
///    192  FF
///   4096  the digested part of the bootloader, FF up to a multiple of 128
/// </code>
/// </summary>
public static class BootloaderDigest
{
    /// <summary>Size of the random part, in bytes.</summary>
    public const int RandomSize = 128;

    private const int ImageOffset = 4096;
    private const int BlockSize = 128;
    private const int HashSize = 32;
    private const int HashFlagOffset = 23;
    private const int HeaderSize = 24;

    /// <summary>Makes the file, with random bytes from the system's cryptographic generator.</summary>
    /// <param name="image">The bootloader.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The secure boot key, as in its file: 32 bytes, or 24 for a chip with the 3/4 coding scheme.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.KeyLength"/>; <see cref="ErrorCode.ImageInvalid"/>: not an image.
    /// </exception>
    public static byte[] Make(byte[] image, string name, byte[] key)
    {
        byte[] random = new byte[RandomSize];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        return Make(image, name, key, random);
    }

    /// <summary>Makes the file.</summary>
    /// <param name="image">The bootloader.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The secure boot key, as in its file: 32 bytes, or 24 for a chip with the 3/4 coding scheme.</param>
    /// <param name="random">The 128 random bytes.</param>
    /// <exception cref="Esp32Exception">As the other overload.</exception>
    public static byte[] Make(byte[] image, string name, byte[] key, byte[] random)
    {
        if (random.Length != RandomSize)
        {
            throw new ArgumentException("There have to be 128 random bytes.", nameof(random));
        }

        if (image.Length < HeaderSize || image[0] != 0xE9)
        {
            throw new InputException(ErrorCode.ImageInvalid, $"'{name}' is no image.", "Give the bootloader as it was built.") { Target = name };
        }

        byte[] digested = Digested(image);
        byte[] file = [.. Enumerable.Repeat((byte)0xFF, ImageOffset), .. digested];
        random.CopyTo(file, 0);
        Digest([.. random, .. digested], key).CopyTo(file, RandomSize);
        return file;
    }

    // The ROM reads whole blocks of 128. A tail no longer than the appended SHA-256 holds nothing else and is left out.
    private static byte[] Digested(byte[] image)
    {
        int tail = image.Length % BlockSize;
        int length = image[HashFlagOffset] == 1 && tail <= HashSize ? image.Length - tail : image.Length;
        int padding = (BlockSize - (length % BlockSize)) % BlockSize;
        return [.. image.Take(length), .. Enumerable.Repeat((byte)0xFF, padding)];
    }

    // SHA-512 over the AES-encrypted data, with the byte orders of the ESP32's registers.
    private static byte[] Digest(byte[] data, byte[] key)
    {
        ReverseEach(data, 16);
        byte[] wholeKey = WholeKey(key);
        using (Aes aes = Aes.Create())
        {
            aes.Mode = CipherMode.ECB;
            aes.Padding = PaddingMode.None;
            using ICryptoTransform transform = aes.CreateEncryptor(wholeKey, null);
            data = transform.TransformFinalBlock(data, 0, data.Length);
        }

        Array.Clear(wholeKey, 0, wholeKey.Length);
        ReverseEach(data, 16);
        ReverseEach(data, 4);
        using SHA512 sha = SHA512.Create();
        byte[] digest = sha.ComputeHash(data);
        ReverseEach(digest, 4);
        return digest;
    }

    // Under the 3/4 scheme the chip pads the key with its own middle third.
    private static byte[] WholeKey(byte[] key) => key.Length switch
    {
        32 => (byte[])key.Clone(),
        24 => [.. key, .. key.Skip(8).Take(8)],
        _ => throw new EfuseException(
            ErrorCode.KeyLength, $"The secure boot key has {key.Length} bytes.", "Give 32 bytes, or 24 for a chip with the 3/4 coding scheme."),
    };

    private static void ReverseEach(byte[] data, int size)
    {
        for (int i = 0; i < data.Length; i += size)
        {
            Array.Reverse(data, i, size);
        }
    }
}
