using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>
/// The binary form: entries of 32 bytes, optionally an MD5 entry over all of them, then an entry of FF.
/// <code>
/// offset  0       2      3         4        8      12                28
///       | AA 50 | type | subtype | offset | size | name, zero padded | flags: bit 0 encrypted, bit 1 read-only |
/// bytes   2       1      1         4        4      16                  4
///
///       | EB EB | FF ...          14 bytes       | MD5 of all bytes before, 16                                 |
/// </code>
/// Numbers are little-endian. Source: ESP-IDF, esp_flash_partitions.h.
/// </summary>
internal static class PartitionTableBinary
{
    private const int EntrySize = 32;
    private const int NameOffset = 12;
    private const int NameSize = 16;
    private const int FlagsOffset = 28;
    private const int Md5Offset = 16;
    private const ushort EntryMagic = 0x50AA;
    private const ushort Md5Magic = 0xEBEB;
    private const uint EncryptedFlag = 1;
    private const uint ReadOnlyFlag = 2;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// True when the bytes begin like a table, or unlike any text: blank flash, or control codes without a byte order mark.
    /// </summary>
    public static bool LooksBinary(byte[] bytes) => bytes.Length >= EntrySize
        && (LittleEndian.ReadUInt16(bytes, 0) is EntryMagic or Md5Magic
            || IsBlank(bytes, 0)
            || (!HasByteOrderMark(bytes) && bytes.Take(EntrySize).Any(octet => octet < '\t')));

    /// <summary>True when the bytes are entries and an end entry.</summary>
    public static bool HasEnd(byte[] bytes)
    {
        for (int at = 0; at + EntrySize <= bytes.Length; at += EntrySize)
        {
            if (IsBlank(bytes, at))
            {
                return true;
            }

            if (LittleEndian.ReadUInt16(bytes, at) is not (EntryMagic or Md5Magic))
            {
                return false;
            }
        }

        return false;
    }

    public static PartitionTable Read(byte[] bytes, string? source)
    {
        EnsureBegins(bytes, source);
        List<Partition> partitions = [];
        List<string> warnings = [];
        bool hasMd5 = false;
        int end = Math.Min(bytes.Length, PartitionTable.BinarySize);
        for (int at = 0; at + EntrySize <= end; at += EntrySize)
        {
            if (IsBlank(bytes, at))
            {
                return new PartitionTable(partitions, source)
                {
                    Warnings = warnings,
                    HasMd5 = hasMd5,
                    Places = partitions.Select((_, index) => $"entry {index}").ToArray(),
                };
            }

            ushort magic = LittleEndian.ReadUInt16(bytes, at);
            if (hasMd5)
            {
                throw Damaged(source, $"has something at 0x{at:X}, behind its MD5 entry.");
            }

            if (magic == Md5Magic)
            {
                CheckMd5(bytes, at, source);
                hasMd5 = true;
            }
            else if (magic == EntryMagic)
            {
                partitions.Add(ReadEntry(bytes, at, source, warnings));
            }
            else
            {
                throw Damaged(source, $"has an entry {at / EntrySize} (at 0x{at:X}) that begins with {Hex.Encode(bytes, at, 2)} and not with aa50.");
            }
        }

        throw Damaged(source, "has no end: an entry of FF is missing.");
    }

    public static byte[] Write(PartitionTable table, bool withMd5)
    {
        int entries = table.Partitions.Count;
        int most = (PartitionTable.BinarySize / EntrySize) - (withMd5 ? 2 : 1);
        if (entries > most)
        {
            throw PartitionTable.Invalid(table.Source, $"has {entries} partitions; {most} fit.", "Leave some out.");
        }

        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, PartitionTable.BinarySize)];
        for (int i = 0; i < entries; i++)
        {
            WriteEntry(bytes, i * EntrySize, table.Partitions[i], table.Source);
        }

        if (withMd5)
        {
            LittleEndian.WriteUInt16(bytes, entries * EntrySize, Md5Magic);
            Md5Of(bytes, entries * EntrySize).CopyTo(bytes, (entries * EntrySize) + Md5Offset);
        }

        return bytes;
    }

    /// <summary>Throws when an entry cannot hold a name.</summary>
    public static void EnsureNameFits(string name, string? source, string place)
    {
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > NameSize)
        {
            throw PartitionRules.Wrong(
                source, place, PartitionColumn.Name, $"The name '{name}' takes {length} bytes; {NameSize} fit, and other tools would cut it off.");
        }

        if (name.IndexOf('\0') >= 0)
        {
            throw PartitionRules.Wrong(source, place, PartitionColumn.Name, "The name contains a zero byte, which would end it.");
        }
    }

    private static void EnsureBegins(byte[] bytes, string? source)
    {
        const string Advice = "Check the address of the table. Where flash encryption is on, what is read is encrypted.";
        if (bytes.Length < EntrySize)
        {
            throw Missing($"is missing: there are only {bytes.Length} bytes.");
        }

        if (IsBlank(bytes, 0))
        {
            throw Missing("is missing: the flash is blank there.");
        }

        if (LittleEndian.ReadUInt16(bytes, 0) is not (EntryMagic or Md5Magic))
        {
            throw Missing($"is missing: what is there begins with {Hex.Encode(bytes, 0, 2)} and not with aa50.");
        }

        if (bytes.Length % EntrySize != 0 && bytes.Length < PartitionTable.BinarySize)
        {
            throw Damaged(source, $"has {bytes.Length} bytes, which is no multiple of {EntrySize}.");
        }

        InputException Missing(string what) =>
            new(ErrorCode.PartitionTableMissing, $"{PartitionTable.Subject(source)} {what}", Advice) { Target = source };
    }

    private static Partition ReadEntry(byte[] bytes, int at, string? source, List<string> warnings)
    {
        uint flags = LittleEndian.ReadUInt32(bytes, at + FlagsOffset);
        var partition = new Partition
        {
            Name = ReadName(bytes, at, source),
            TypeNumber = bytes[at + 2],
            SubTypeNumber = bytes[at + 3],
            Offset = LittleEndian.ReadUInt32(bytes, at + 4),
            Size = LittleEndian.ReadUInt32(bytes, at + 8),
            Encrypted = (flags & EncryptedFlag) != 0,
            ReadOnly = (flags & ReadOnlyFlag) != 0,
            OtherFlags = flags & ~(EncryptedFlag | ReadOnlyFlag),
        };
        if (partition.OtherFlags != 0)
        {
            warnings.Add($"The partition '{partition.Name}' has flags that are not known: 0x{partition.OtherFlags:X8}.");
        }

        return partition;
    }

    private static string ReadName(byte[] bytes, int at, string? source)
    {
        int end = Array.IndexOf(bytes, (byte)0, at + NameOffset, NameSize);
        int length = end < 0 ? NameSize : end - at - NameOffset;
        try
        {
            return s_strictUtf8.GetString(bytes, at + NameOffset, length);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged(source, $"has an entry {at / EntrySize} (at 0x{at:X}) whose name is no text.");
        }
    }

    private static void WriteEntry(byte[] bytes, int at, Partition partition, string? source)
    {
        EnsureNameFits(partition.Name, source, $"entry {at / EntrySize}");
        Array.Clear(bytes, at, EntrySize);
        LittleEndian.WriteUInt16(bytes, at, EntryMagic);
        bytes[at + 2] = partition.TypeNumber;
        bytes[at + 3] = partition.SubTypeNumber;
        LittleEndian.WriteUInt32(bytes, at + 4, partition.Offset);
        LittleEndian.WriteUInt32(bytes, at + 8, partition.Size);
        Encoding.UTF8.GetBytes(partition.Name).CopyTo(bytes, at + NameOffset);
        uint flags = (partition.Encrypted ? EncryptedFlag : 0) | (partition.ReadOnly ? ReadOnlyFlag : 0) | partition.OtherFlags;
        LittleEndian.WriteUInt32(bytes, at + FlagsOffset, flags);
    }

    private static void CheckMd5(byte[] bytes, int at, string? source)
    {
        string stored = Hex.Encode(bytes, at + Md5Offset, 16);
        string computed = Hex.Encode(Md5Of(bytes, at));
        if (stored != computed)
        {
            throw Damaged(source, $"has the MD5 {stored}, and its entries the MD5 {computed}.");
        }
    }

    private static byte[] Md5Of(byte[] bytes, int count)
    {
        using var md5 = MD5.Create();
        return md5.ComputeHash(bytes, 0, count);
    }

    // Byte order marks of UTF-16 and UTF-32 (RFC 2781, Unicode Standard): text in these contains zeros.
    private static bool HasByteOrderMark(byte[] bytes) =>
        LittleEndian.ReadUInt16(bytes, 0) is 0xFEFF or 0xFFFE || LittleEndian.ReadUInt32(bytes, 0) == 0xFFFE_0000;

    private static bool IsBlank(byte[] bytes, int at)
    {
        for (int i = at; i < at + EntrySize; i++)
        {
            if (bytes[i] != 0xFF)
            {
                return false;
            }
        }

        return true;
    }

    private static InputException Damaged(string? source, string what) =>
        PartitionTable.Invalid(source, what, "The table is damaged; build it again and write it again.");
}
