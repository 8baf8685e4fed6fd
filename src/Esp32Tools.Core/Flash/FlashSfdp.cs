using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Results;

namespace Esp32Tools.Flash;

/// <summary>
/// Serial flash discoverable parameters: the header and the basic table.
/// <code>
/// 0x00  "SFDP", minor, major, last header number, access protocol
/// 0x08  for each table: id low, minor, major, words, pointer (3 bytes), id high      the first is the basic table, id FF00
/// </code>
/// Source: JEDEC JESD216, revisions A to F.
/// </summary>
public sealed class FlashSfdp
{
    internal const int HeaderLength = 8;
    internal const uint Signature = 0x5044_4653; // "SFDP", lowest byte first

    private const int BasicTableId = 0xFF00;

    private readonly byte[] _data;
    private readonly uint[] _basic;

    private FlashSfdp(byte[] data, uint[] basic)
    {
        _data = data;
        _basic = basic;
    }

    /// <summary>The bytes as read, from address 0 to the end of the last table, in lowercase hexadecimal.</summary>
    public string Data => Hex.Encode(_data);

    /// <summary>Revision, such as 1.6.</summary>
    public string Revision => $"{_data[5]}.{_data[4]}";

    /// <summary>Size in bytes; null when the table does not give it.</summary>
    public long? Size
    {
        get
        {
            // Word 2: number of bits minus one, or from 4 Gbit on a power of two.
            if (Word(2) is not uint density)
            {
                return null;
            }

            int power = (int)(density & 0x7FFF_FFFF);
            return (density >> 31) == 0 ? ((long)density + 1) / 8 : power is >= 32 and < 64 ? 1L << (power - 3) : null;
        }
    }

    /// <summary>The supported address lengths in bytes: 3, or 3 and 4, or 4.</summary>
    public ResultList<int> AddressLengths => new(((Word(1) >> 17) & 3) switch
    {
        0 => [3],
        1 => [3, 4],
        2 => [4],
        _ => Array.Empty<int>(),
    });

    /// <summary>Page size in bytes; 256 where the table is too old to give it.</summary>
    public int PageSize => Word(11) is uint page ? 1 << (int)((page >> 4) & 0xF) : 256;

    /// <summary>The supported erase sizes with their commands, smallest first, such as <c>4 KB (0x20)</c>.</summary>
    public ResultList<string> EraseTypes => new(GetEraseTypes().Select(type => type.ToString()));

    /// <summary>The supported erase sizes in bytes, smallest first.</summary>
    public ResultList<long> EraseSizes => new(GetEraseTypes().Select(type => type.Size));

    /// <summary>The supported erase sizes, smallest first.</summary>
    public FlashEraseType[] GetEraseTypes() =>
        [.. new[] { 8, 9 }
            .Select(Word)
            .OfType<uint>()
            .SelectMany(word => new[] { word & 0xFFFF, word >> 16 })
            .Where(type => (type & 0xFF) is > 0 and < 64)
            .Select(type => new FlashEraseType(1L << (int)(type & 0xFF), (byte)(type >> 8)))
            .OrderBy(type => type.Size)];

    /// <summary>The supported fast reads over more than one line, as lines for command, address and data: <c>1-1-4</c>.</summary>
    public ResultList<string> FastReads
    {
        get
        {
            (int Word, int Bit, string Name)[] known =
                [(1, 16, "1-1-2"), (1, 20, "1-2-2"), (5, 0, "2-2-2"), (1, 22, "1-1-4"), (1, 21, "1-4-4"), (5, 4, "4-4-4")];
            return new(known.Where(read => ((Word(read.Word) >> read.Bit) & 1) == 1).Select(read => read.Name));
        }
    }

    /// <summary>
    /// The bit of the status registers (0 to 23) that enables transfers over four lines; null when there is none, or the table
    /// is too old to give it.
    /// </summary>
    public int? QuadEnableBit => ((Word(15) >> 20) & 7) switch
    {
        1 or 4 or 5 or 6 => 9,
        2 => 6,
        3 => 15,
        _ => null,
    };

    /// <summary>The bytes as read.</summary>
    public byte[] GetBytes() => (byte[])_data.Clone();

    /// <inheritdoc/>
    public override string ToString() => $"SFDP {Revision}";

    /// <summary>Length in bytes, from address 0, of the area with the tables that these headers name.</summary>
    internal static int TotalLength(byte[] headers)
    {
        int end = HeaderLength;
        for (int at = HeaderLength; at + HeaderLength <= headers.Length; at += HeaderLength)
        {
            end = Math.Max(end, Pointer(headers, at) + (4 * headers[at + 3]));
        }

        return end;
    }

    /// <summary>Length in bytes, from address 0, of the area with all headers.</summary>
    internal static int HeadersLength(byte[] header) => HeaderLength * (2 + header[6]);

    /// <summary>Parses the tables; null when there is no basic one.</summary>
    internal static FlashSfdp? TryParse(byte[] data)
    {
        int basic = -1;
        int end = data.Length < HeaderLength ? 0 : HeadersLength(data);
        for (int at = HeaderLength; at < end && at + HeaderLength <= data.Length; at += HeaderLength)
        {
            // The low byte of the id is 0 on parts older than revision 1.6, which do not use the high byte.
            int id = data[at] | (data[at + 7] << 8);
            basic = id == BasicTableId ? at : basic;
        }

        if (basic < 0)
        {
            return null;
        }

        int pointer = Pointer(data, basic);
        int words = Math.Min((int)data[basic + 3], Math.Max(0, data.Length - pointer) / 4);
        return new FlashSfdp(data, [.. Enumerable.Range(0, words).Select(i => LittleEndian.ReadUInt32(data, pointer + (4 * i)))]);
    }

    private static int Pointer(byte[] data, int header) => data[header + 4] | (data[header + 5] << 8) | (data[header + 6] << 16);

    // The words of the basic table count from 1, as in the standard.
    private uint? Word(int number) => number <= _basic.Length ? _basic[number - 1] : null;
}
