using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>An entry as its bytes stand in a page (formats.md, section 3), read without the module's own reader.</summary>
internal sealed class NvsRawEntry
{
    private const int BitmapStart = 32;
    private const int EntriesStart = 64;
    private const int EntrySize = 32;
    private const int EntryCount = 126;
    private const byte BlobData = 0x42;

    private readonly byte[] _bytes;

    private NvsRawEntry(byte[] bytes) => _bytes = bytes;

    /// <summary>True for an entry that is written, false for one that is erased.</summary>
    public bool IsWritten { get; private init; }

    /// <summary>True when its last part has the state of its first.</summary>
    public bool IsWhole { get; private init; }

    public byte Namespace => _bytes[0];

    public byte Span => _bytes[2];

    public string Key => Encoding.ASCII.GetString(_bytes, 8, 16).Split('\0')[0];

    public byte Value => _bytes[24];

    /// <summary>Chunk of a blob; -1 for all else, whose keys have to differ.</summary>
    public int Chunk => _bytes[1] == BlobData ? _bytes[3] : -1;

    public bool HasCrc => Crc(_bytes.Take(4).Concat(_bytes.Skip(8))) == BitConverter.ToUInt32(_bytes, 4);

    /// <summary>CRC-32F of the notes.</summary>
    public static uint Crc(IEnumerable<byte> bytes)
    {
        uint crc = 0;
        foreach (byte octet in bytes)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320u);
            }
        }

        return ~crc;
    }

    /// <summary>Entries of a page that are not empty; what belongs to the entry before is no entry.</summary>
    public static IEnumerable<NvsRawEntry> In(byte[] page)
    {
        int State(int index) => (page[BitmapStart + (index / 4)] >> (2 * (index % 4))) & 3;
        for (int index = 0, step; index < EntryCount; index += step)
        {
            step = 1;
            if (State(index) is not (0 or 2))
            {
                continue;
            }

            byte[] bytes = [.. page.Skip(EntriesStart + (EntrySize * index)).Take(EntrySize)];
            int last = Math.Min(Math.Max(index + bytes[2] - 1, index), EntryCount - 1);
            var entry = new NvsRawEntry(bytes) { IsWritten = State(index) == 2, IsWhole = State(last) == State(index) };
            step = entry.HasCrc ? last - index + 1 : 1;
            yield return entry;
        }
    }
}
