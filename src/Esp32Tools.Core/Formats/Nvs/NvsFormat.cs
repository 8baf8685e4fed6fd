using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// An NVS partition (ESP-IDF Programming Guide, Non-Volatile Storage Library, internals). All numbers little-endian.
/// <code>
/// page, 4096 bytes:   0 header, 32 bytes    32 states of the entries, 32 bytes    64 entries, 126 of 32 bytes
///
/// header:             0 state, u32          4 sequence number, u32    8 version, u8    9 unused, FF
///                    28 CRC of bytes 4 to 27
/// state of an entry:  two bits from the lowest of the first byte up: 11 empty, 10 written, 00 erased
///
/// entry:              0 namespace, u8       1 type, u8     2 span: entries with itself, u8     3 chunk, u8 (FF none)
///                     4 CRC of bytes 0 to 3 and 8 to 31                8 key, 16 bytes, zero filled
///                    24 number, FF filled; or
///                    24 length, u16        26 FFFF        28 CRC of what follows in the next entries (strings, blobs); or
///                    24 total length, u32 28 chunks, u8  29 first chunk, u8              30 FFFF (index of a blob, version 2)
/// namespace:          an entry of namespace 0 and type u8: its key is the name, its number that of the namespace
/// </code>
/// </summary>
internal static class NvsFormat
{
    public const int PageSize = 0x1000;
    public const int BitmapOffset = 32;
    public const int EntriesOffset = 64;
    public const int EntrySize = 32;
    public const int EntriesPerPage = 126;

    /// <summary>
    /// Partitions of this size and above are written at run time and keep one page free for that; smaller ones are read-only.
    /// </summary>
    public const int SmallestWritableSize = 3 * PageSize;

    public const uint PageUnused = 0xFFFF_FFFF;
    public const uint PageActive = 0xFFFF_FFFE;
    public const uint PageFull = 0xFFFF_FFFC;
    public const uint PageFreeing = 0xFFFF_FFF8;
    public const uint PageCorrupt = 0xFFFF_FFF0;

    /// <summary>Also corrupt for the vendor's reader; the firmware does not know this state and gives the page up.</summary>
    public const uint PageCleared = 0;

    public const byte Version1 = 0xFF;
    public const byte Version2 = 0xFE;

    public const int EntryEmpty = 0b11;
    public const int EntryWritten = 0b10;
    public const int EntryErased = 0b00;

    public const byte NoChunk = 0xFF;
    public const byte TypeBlobV1 = 0x41;
    public const byte TypeBlobData = 0x42;
    public const byte TypeBlobIndex = 0x48;

    /// <summary>Maximum length of a name in bytes; a zero byte follows.</summary>
    public const int LongestName = 15;

    public const int LastNamespace = 254;

    /// <summary>The entry of a string and its bytes leave one entry of a page free, as the vendor's tool has it.</summary>
    public const int LongestString = (EntriesPerPage - 2) * EntrySize;

    /// <summary>Maximum size of a string or a blob in version 1 of the format, in bytes.</summary>
    public const int LongestV1 = 1984;

    /// <summary>Chunk numbers go from 0 or from 0x80 on, so that an update differs from the version it replaces.</summary>
    public const int MostChunks = 127;

    /// <summary>The two state bits of an entry.</summary>
    public static int StateBits(byte[] image, int page, int entry) =>
        (image[page + BitmapOffset + (entry / 4)] >> (2 * (entry % 4))) & 0b11;

    /// <summary>True when nothing was written there since the flash was erased.</summary>
    public static bool IsBlank(byte[] image, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
        {
            if (image[i] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Erased flash.</summary>
    public static byte[] Blank(int size)
    {
        byte[] image = new byte[size];
        for (int i = 0; i < size; i++)
        {
            image[i] = byte.MaxValue;
        }

        return image;
    }

    /// <summary>Number of pages for values: one stays free when the firmware writes.</summary>
    public static int PagesForValues(int size) => (size / PageSize) - (size >= SmallestWritableSize ? 1 : 0);

    /// <summary>Throws when bytes do not consist of pages.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsInvalid"/></exception>
    public static void RequirePages(byte[] image, string? name)
    {
        if (image.Length == 0 || image.Length % PageSize != 0)
        {
            throw new InputException(
                ErrorCode.NvsInvalid,
                $"{(name is null ? "The NVS partition" : $"'{name}'")} has {image.Length} bytes, which is no multiple of {PageSize}.",
                "Check that it is an NVS partition, and that it was copied whole.")
            { Target = name };
        }
    }
}
