using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// The first 24 bytes of an application or bootloader image.
/// <code>
/// offset  0     1         2     3                 4        8       9          12       14       15        17        19        23
///       +-----+---------+-----+-----------------+--------+-------+----------+--------+--------+---------+---------+---------+--------+
///       | E9  | segment | SPI | size  | freq.   | entry  | WP    | pin      | chip   | min.   | min.    | max.    | reser-  | SHA-256|
///       |     | count   | mode| bits  | bits    | point  | pin   | drive    | id     | rev.   | rev.    | rev.    | ved     | behind |
///       |     |         |     | 7..4  | 3..0    |        |       |          |        | legacy | full    | full    |         | 0 / 1  |
///       +-----+---------+-----+-----------------+--------+-------+----------+--------+--------+---------+---------+---------+--------+
/// bytes   1     1         1     1                 4        1       3          2        1        2         2         4         1
/// </code>
/// Numbers are little-endian. A full revision is major * 100 + minor. Source: ESP-IDF, esp_app_format.h.
/// </summary>
public sealed record ImageHeader
{
    /// <summary>Size of the header in bytes.</summary>
    public const int Size = 24;

    /// <summary>First byte of every image.</summary>
    public const byte Magic = 0xE9;

    /// <summary>Maximum number of segments that the ROM loads.</summary>
    public const int MaxSegments = 16;

    /// <summary>Value of <see cref="MaxRevision"/> for no upper limit.</summary>
    public const int NoMaxRevision = 0xFFFF;

    /// <summary>Value of <see cref="WriteProtectPin"/> that leaves the pin to the eFuses.</summary>
    public const byte NoWriteProtectPin = 0xEE;

    /// <summary>Number of segments, 1 to 16.</summary>
    public byte SegmentCount { get; init; }

    /// <summary>SPI mode code; the names are in the chip's image facts.</summary>
    public byte FlashMode { get; init; }

    /// <summary>Flash size code, four bits; the names are in the chip's image facts.</summary>
    public byte FlashSize { get; init; }

    /// <summary>Flash frequency code, four bits; the names are in the chip's image facts.</summary>
    public byte FlashFrequency { get; init; }

    /// <summary>Address of the first instruction.</summary>
    public uint EntryPoint { get; init; }

    /// <summary>GPIO of the flash's WP pin; <see cref="NoWriteProtectPin"/> leaves it to the eFuses.</summary>
    public byte WriteProtectPin { get; init; } = NoWriteProtectPin;

    /// <summary>Drive strength of six pins, four bits each from the low end: clock, Q, D, CS, HD, WP.</summary>
    public uint PinDrive { get; init; }

    /// <summary>Drive strength of the six pins, one by one, in the order of <see cref="PinDrive"/>.</summary>
    public IReadOnlyList<int> PinDrives => [.. Enumerable.Range(0, 6).Select(pin => (int)(PinDrive >> (4 * pin)) & 0xF)];

    /// <summary>Chip that the image was built for, see <see cref="Chips.ChipDefinition.ImageChipId"/>.</summary>
    public ushort ChipId { get; init; }

    /// <summary>Lowest revision in the old form: a major or a minor number, see <see cref="Chips.ImageFacts.LegacyRevisionIsMinor"/>.</summary>
    public byte LegacyMinRevision { get; init; }

    /// <summary>Lowest revision that runs the image, major * 100 + minor.</summary>
    public ushort MinRevision { get; init; }

    /// <summary>Highest revision that runs the image, major * 100 + minor; <see cref="NoMaxRevision"/> when there is no limit.</summary>
    public ushort MaxRevision { get; init; } = NoMaxRevision;

    /// <summary>The four reserved bytes, kept as they are.</summary>
    public uint Reserved { get; init; }

    /// <summary>Byte 23: 1 when a SHA-256 of the image follows it.</summary>
    public byte HashAppended { get; init; }

    /// <summary>True when a SHA-256 of the image follows it.</summary>
    public bool HasHash => HashAppended == 1;

    /// <summary>Reads a header; the caller ensures that there are 24 bytes.</summary>
    internal static ImageHeader Read(byte[] image) => new()
    {
        SegmentCount = image[1],
        FlashMode = image[2],
        FlashSize = (byte)(image[3] >> 4),
        FlashFrequency = (byte)(image[3] & 0xF),
        EntryPoint = LittleEndian.ReadUInt32(image, 4),
        WriteProtectPin = image[8],
        PinDrive = (uint)(image[9] | (image[10] << 8) | (image[11] << 16)),
        ChipId = LittleEndian.ReadUInt16(image, 12),
        LegacyMinRevision = image[14],
        MinRevision = LittleEndian.ReadUInt16(image, 15),
        MaxRevision = LittleEndian.ReadUInt16(image, 17),
        Reserved = LittleEndian.ReadUInt32(image, 19),
        HashAppended = image[23],
    };

    /// <summary>Writes the header over the first 24 bytes of an image.</summary>
    public void WriteTo(byte[] image)
    {
        image[0] = Magic;
        image[1] = SegmentCount;
        image[2] = FlashMode;
        image[3] = (byte)((FlashSize << 4) | (FlashFrequency & 0xF));
        LittleEndian.WriteUInt32(image, 4, EntryPoint);
        image[8] = WriteProtectPin;
        image[9] = (byte)PinDrive;
        image[10] = (byte)(PinDrive >> 8);
        image[11] = (byte)(PinDrive >> 16);
        LittleEndian.WriteUInt16(image, 12, ChipId);
        image[14] = LegacyMinRevision;
        LittleEndian.WriteUInt16(image, 15, MinRevision);
        LittleEndian.WriteUInt16(image, 17, MaxRevision);
        LittleEndian.WriteUInt32(image, 19, Reserved);
        image[23] = HashAppended;
    }
}
