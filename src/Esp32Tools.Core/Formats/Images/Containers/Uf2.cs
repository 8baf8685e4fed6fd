using System.Collections.Generic;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>
/// UF2: a file of 512-byte blocks, each with its own address; a bootloader that appears as a drive accepts them in any order.
/// <code>
/// offset  0         4         8      12       16       20      24      28       32        32 + n                     508
///       | 0A324655| 9E5D5157| flags| address| payload| block | block | family | payload | address, length,         | 0AB16F30 |
///       |         |         |      |        | size n | number| count | id     |         | MD5 of the payload       |          |
/// bytes   4         4         4      4        4        4       4       4        n         24, if flag 4000 is set    4
/// flags   0001 not for flash, 1000 a file and not memory, 2000 family id there, 4000 MD5 there, 8000 extensions there
/// </code>
/// Numbers are little-endian; block numbers restart with every part. Sources: the UF2 specification; ESP-IDF, uf2 tool.
/// </summary>
public static class Uf2
{
    /// <summary>Size of a block in bytes.</summary>
    public const int BlockSize = 512;

    /// <summary>Maximum number of data bytes in a block.</summary>
    public const int MaxPayload = 476;

    /// <summary>Bytes that an MD5 takes away from the data.</summary>
    public const int Md5PartSize = 24;

    internal const uint Magic0 = 0x0A32_4655;
    internal const uint Magic1 = 0x9E5D_5157;
    internal const uint MagicEnd = 0x0AB1_6F30;
    internal const uint NotMainFlash = 0x0001;
    internal const uint FileContainer = 0x1000;
    internal const uint FamilyIdPresent = 0x2000;
    internal const uint Md5Present = 0x4000;
    internal const int HeaderSize = 32;
    internal const int MagicEndOffset = 508;

    /// <summary>True when the file begins like UF2.</summary>
    public static bool LooksLike(byte[] bytes) =>
        bytes.Length >= 8 && LittleEndian.ReadUInt32(bytes, 0) == Magic0 && LittleEndian.ReadUInt32(bytes, 4) == Magic1;

    /// <summary>Reads a file and checks its digests, if any.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Its origin, for messages and as the name of the parts: a path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.Uf2Invalid"/>: a block is damaged or missing, or the blocks are for several kinds of chip.
    /// <see cref="ErrorCode.ImageTruncated"/>: the last block is cut off. <see cref="ErrorCode.ImageEmpty"/>: there is no data
    /// in it.
    /// </exception>
    public static Uf2File Parse(byte[] bytes, string? source = null) => new Uf2Reader(bytes, source).Read();

    /// <summary>Writes a file; every part is numbered from 0.</summary>
    /// <param name="parts">The parts, in this order; empty parts write nothing.</param>
    /// <param name="familyId">Family id of the chip, see <see cref="Chips.ImageFacts.Uf2FamilyId"/>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: the payload size is out of range.</exception>
    public static byte[] Write(IEnumerable<ImagePart> parts, uint familyId, Uf2Options? options = null) =>
        Uf2Writer.Write(parts, familyId, options ?? new Uf2Options());
}
