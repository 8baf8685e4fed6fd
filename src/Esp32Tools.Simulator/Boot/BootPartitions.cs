using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Boot;

/// <summary>The partition table as the bootloader reads it (formats.md, section 1): entries of 32 bytes, perhaps their MD5, and an end.</summary>
internal sealed class BootPartitions
{
    private const uint Place = 0x8000;
    private const int EntryLength = 32;
    private const int MaxEntries = 95;
    private const int DigestOffset = 16;
    private const ushort EntryMagic = 0x50AA;
    private const ushort DigestMagic = 0xEBEB;
    private const ushort Blank = 0xFFFF;

    private readonly List<BootPartition> _all = [];

    public BootPartitions(FlashView flash)
    {
        byte[] table = flash.Read(Place, MaxEntries * EntryLength);
        Fault = Parse(table, flash.Size);
    }

    public IReadOnlyList<BootPartition> All => _all;

    /// <summary>The reason why the bootloader does not take it, in the bootloader's words; null when it does.</summary>
    public string? Fault { get; }

    private string? Parse(byte[] table, long flashSize)
    {
        for (int at = 0; at < table.Length; at += EntryLength)
        {
            ushort magic = LittleEndian.ReadUInt16(table, at);
            switch (magic)
            {
                case EntryMagic:
                    uint offset = LittleEndian.ReadUInt32(table, at + 4);
                    uint size = LittleEndian.ReadUInt32(table, at + 8);
                    if ((long)offset + size > flashSize)
                    {
                        return FormattableString.Invariant($"partition {_all.Count} invalid - offset 0x{offset:x} size 0x{size:x} exceeds flash chip size 0x{flashSize:x}");
                    }

                    _all.Add(new BootPartition(table[at + 2], table[at + 3], offset, size));
                    break;
                case DigestMagic:
                    using (var digest = MD5.Create())
                    {
                        if (!digest.ComputeHash(table, 0, at).SequenceEqual(table.Skip(at + DigestOffset).Take(digest.HashSize / 8)))
                        {
                            return "Incorrect MD5 checksum";
                        }
                    }

                    break;
                case Blank when at > 0:
                    return null;
                default:
                    return FormattableString.Invariant($"partition {_all.Count} invalid magic number 0x{magic:x}");
            }
        }

        return "partition table has no terminating entry, not valid";
    }
}
