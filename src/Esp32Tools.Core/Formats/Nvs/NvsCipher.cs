using System;
using System.Collections.Generic;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Encrypts and decrypts NVS partitions: each 32-byte entry by itself with AES-XTS, its address in the partition as the data
/// unit number. Page headers and entry states stay plain, and so do entries that were never written (ESP-IDF Programming Guide,
/// NVS
/// Encryption).
/// </summary>
public static class NvsCipher
{
    /// <summary>Encrypts a partition; the bytes passed in do not change.</summary>
    /// <param name="image">The plain partition.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">Name of the partition in messages; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsInvalid"/>: it does not consist of pages.</exception>
    public static byte[] Encrypt(byte[] image, NvsKey key, string? name = null) => Transform(image, key, encrypt: true, name);

    /// <summary>
    /// Decrypts a partition; the bytes passed in do not change. Only the result shows whether the key was the right one.
    /// </summary>
    /// <param name="image">The encrypted partition.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">Name of the partition in messages; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsInvalid"/>: it does not consist of pages.</exception>
    public static byte[] Decrypt(byte[] image, NvsKey key, string? name = null) => Transform(image, key, encrypt: false, name);

    private static byte[] Transform(byte[] image, NvsKey key, bool encrypt, string? name)
    {
        NvsFormat.RequirePages(image, name);
        uint[] entries = [.. Written(image, encrypt)];
        ulong[] words = new ulong[entries.Length * NvsFormat.EntrySize / sizeof(ulong)];
        for (int i = 0; i < entries.Length; i++)
        {
            Buffer.BlockCopy(image, (int)entries[i], words, i * NvsFormat.EntrySize, NvsFormat.EntrySize);
        }

        using AesXts xts = key.ToXts();
        xts.Transform(words, entries, encrypt);
        byte[] result = (byte[])image.Clone();
        for (int i = 0; i < entries.Length; i++)
        {
            Buffer.BlockCopy(words, i * NvsFormat.EntrySize, result, (int)entries[i], NvsFormat.EntrySize);
        }

        return result;
    }

    // In plain data, an entry of FF alone is part of a value when its state says so; in encrypted data it is always blank.
    private static IEnumerable<uint> Written(byte[] image, bool encrypt)
    {
        for (int page = 0; page < image.Length; page += NvsFormat.PageSize)
        {
            for (int entry = 0; entry < NvsFormat.EntriesPerPage; entry++)
            {
                int at = page + NvsFormat.EntriesOffset + (entry * NvsFormat.EntrySize);
                bool isTaken = encrypt && NvsFormat.StateBits(image, page, entry) != NvsFormat.EntryEmpty;
                if (isTaken || !NvsFormat.IsBlank(image, at, NvsFormat.EntrySize))
                {
                    yield return (uint)at;
                }
            }
        }
    }
}
