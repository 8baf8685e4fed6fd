using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Images;

/// <summary>How far an image reaches, told from its first bytes, so that no more of a flash is read than there is image.</summary>
public static class ImageExtent
{
    private const int SectorSize = 0x1000;

    // Magic and version of a signature, in the sector behind an image.
    private const int SignatureStart = 2;

    /// <summary>Bytes to begin with.</summary>
    public const int FirstBytes = ImageHeader.Size + ImageSegment.HeaderSize;

    /// <summary>
    /// Bytes that have to be there to know more than is known: up to the header of a further segment, or up to the end and
    /// the place where a signature would begin. No more than there are when there is no more to be known: at the end, and
    /// where the image is none.
    /// </summary>
    /// <param name="known">The image from its first byte, as far as it is known: at least <see cref="FirstBytes"/>.</param>
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
        long signature = ((end + SectorSize - 1) / SectorSize * SectorSize) + SignatureStart;
        return System.Math.Max(known.Length, signature);
    }
}
