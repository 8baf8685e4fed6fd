using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// Images of the ESP8266, which begin like those of an ESP32 but are different:
/// <code>
/// E9 | segment count | mode | size, freq. | entry point 4 | segments: address 4, length 4, data | zeros up to 15 mod 16 | checksum 1
/// EA | 04 | mode | size, freq. | entry point 4 | code in flash: address 4, length 4, data | the same again, from E9 on
/// </code>
/// Source: Espressif, ESP8266 firmware image format.
/// </summary>
public static class Esp8266Image
{
    /// <summary>The chip's name.</summary>
    public const string Chip = "ESP8266";

    private const int HeaderSize = 8;
    private const byte OtherMagic = 0xEA;
    private const byte OtherMark = 4;

    /// <summary>True when the short header, the segments after it and the checksum are consistent.</summary>
    /// <param name="bytes">The file.</param>
    public static bool LooksLike(byte[] bytes) => LooksLike(bytes, 0);

    /// <summary>Like the other overload, for an image that begins at an offset of the file.</summary>
    internal static bool LooksLike(byte[] bytes, int start)
    {
        if (bytes.Length - start < 2 * HeaderSize)
        {
            return false;
        }

        return bytes[start] switch
        {
            ImageHeader.Magic => HasSegments(bytes, start),
            OtherMagic when bytes[start + 1] == OtherMark => HasImageBehindCode(bytes, start),
            _ => false,
        };
    }

    private static bool HasSegments(byte[] bytes, int start)
    {
        int count = bytes[start + 1];
        if (count is 0 or > ImageHeader.MaxSegments)
        {
            return false;
        }

        byte checksum = FirmwareImage.ChecksumSeed;
        long at = start + HeaderSize;
        for (int i = 0; i < count; i++)
        {
            if (at + ImageSegment.HeaderSize > bytes.Length)
            {
                return false;
            }

            uint address = LittleEndian.ReadUInt32(bytes, (int)at);
            uint length = LittleEndian.ReadUInt32(bytes, (int)at + 4);
            long data = at + ImageSegment.HeaderSize;
            if (!IsRam(address) || length == 0 || data + length > bytes.Length)
            {
                return false;
            }

            at = data + length;
            for (long j = data; j < at; j++)
            {
                checksum ^= bytes[j];
            }
        }

        long place = start + ((at - start) | 0xF);
        return place < bytes.Length && bytes[place] == checksum;
    }

    private static bool HasImageBehindCode(byte[] bytes, int start)
    {
        long next = start + HeaderSize + ImageSegment.HeaderSize + LittleEndian.ReadUInt32(bytes, start + HeaderSize + 4);
        return next + 1 < bytes.Length && bytes[next] == ImageHeader.Magic && bytes[next + 1] is >= 1 and <= ImageHeader.MaxSegments;
    }

    // Data RAM and instruction RAM of the ESP8266.
    private static bool IsRam(uint address) => address is (>= 0x3FFE_8000 and < 0x4000_0000) or (>= 0x4010_0000 and < 0x4011_0000);
}
