using Esp32Tools.Chips;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>Finds the length of an image from its first bytes, so that no more flash than necessary is read.</summary>
public static class ImageExtent
{

    // Magic and version of a signature, in the sector after an image.
    private const int SignatureStart = 2;

    /// <summary>Number of bytes to read first.</summary>
    public const int FirstBytes = ImageHeader.Size + ImageSegment.HeaderSize;

    /// <summary>
    /// Number of bytes needed for the next step: up to the header of the next segment, or up to the end and the place where a
    /// signature would begin. It stays the same when there is nothing more to learn: at the end, and when the bytes are not an
    /// image.
    /// </summary>
    /// <param name="known">The image from its first byte, as far as it was read: at least <see cref="FirstBytes"/>.</param>
    public static long BytesNeeded(byte[] known)
    {
        if (known.Length < FirstBytes || known[0] != ImageHeader.Magic || known[1] is 0 or > ImageHeader.MaxSegments)
        {
            return known.Length;
        }

        var header = ImageHeader.Read(known);
        long position = ImageHeader.Size;
        for (int i = 0; i < header.SegmentCount; i++)
        {
            if (position + ImageSegment.HeaderSize > known.Length)
            {
                return position + ImageSegment.HeaderSize;
            }

            uint length = LittleEndian.ReadUInt32(known, (int)position + 4);
            if (length > ImageSegment.MaxLength)
            {
                return known.Length;
            }

            position += ImageSegment.HeaderSize + length;
        }

        long end = (position | 0xF) + 1 + (header.HasHash ? FirmwareImage.HashLength : 0);
        long signature = FlashLayout.Ceiling(end) + SignatureStart;
        return System.Math.Max(known.Length, signature);
    }
}
