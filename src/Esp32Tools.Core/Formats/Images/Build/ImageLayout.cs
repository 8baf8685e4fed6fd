using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>
/// Arranges segments in an image so that the flash MMU can map those that run from flash: each has the same offset within its
/// page in flash as in memory. Parts of the RAM segments fill the gaps in between.
/// </summary>
internal sealed class ImageLayout
{
    private const int SegmentHeader = ImageSegment.HeaderSize;
    private const string BootloaderDescription = ".dram0.bootdesc";

    // Bytes that signing adds after digest and checksum. Sources: formats of secure boot v1 (version 4, signature 64, padded to
    // 16) and v2 (a sector after the page).
    private const int SignatureV1 = 4 + 64 + 12;

    private readonly List<BuildSegment> _mapped;
    private readonly Queue<BuildSegment> _ram;
    private readonly ChipDefinition _chip;
    private readonly int _pageSize;
    private readonly ImageWriter _writer;

    public ImageLayout(IReadOnlyList<BuildSegment> segments, ChipDefinition chip, int pageSize, ImageWriter writer)
    {
        _chip = chip;
        _pageSize = pageSize;
        _writer = writer;
        _mapped = Sort(segments.Where(segment => segment.IsMapped(chip)), AppDescriptor.SectionName);
        _ram = new Queue<BuildSegment>(Sort(segments.Where(segment => !segment.IsMapped(chip)), BootloaderDescription));
        RequireOwnPages();
    }

    /// <summary>Writes all segments, padding and checksum.</summary>
    /// <returns>Number of segments in the header.</returns>
    public int WriteAll(SecurePadding padding)
    {
        BuildSegment? piece = null;
        foreach (BuildSegment segment in _mapped)
        {
            for (int gap = GapBefore(segment); gap > 0; gap = GapBefore(segment))
            {
                piece ??= _ram.Count > 0 ? _ram.Dequeue() : null;
                if (piece is not null && gap > SegmentHeader)
                {
                    (BuildSegment front, piece) = piece.Split(gap);
                    _writer.WriteSegment(front);
                }
                else
                {
                    _writer.WriteSegment(BuildSegment.Padding(gap));
                }
            }

            WriteMapped(segment);
        }

        if (piece is not null)
        {
            _writer.WriteSegment(piece);
        }

        WriteRam();
        if (padding != SecurePadding.None)
        {
            WriteSecurePadding(padding);
        }

        _writer.WriteChecksum();
        return _writer.SegmentCount;
    }

    /// <summary>Writes the RAM segments and their checksum, then the mapped segments, which the header does not count.</summary>
    /// <returns>Number of segments in the header.</returns>
    public int WriteRamFirst()
    {
        WriteRam();
        int seen = _writer.SegmentCount;
        _writer.WriteChecksum();
        foreach (BuildSegment segment in Enumerable.Reverse(_mapped))
        {
            // The image starts at the bootloader's place, which need not be the start of a page.
            int offset = (int)_chip.Image.BootloaderOffset;
            int gap = Modulo(segment.Address - _writer.Position - (2L * SegmentHeader));
            gap += (gap < offset ? _pageSize : 0) - offset;
            _writer.WriteSegment(BuildSegment.Padding(gap));
            WriteMapped(segment);
        }

        return seen;
    }

    private static List<BuildSegment> Sort(IEnumerable<BuildSegment> segments, string first) =>
        [.. segments.OrderBy(segment => segment.Address).OrderBy(segment => segment.Name == first ? 0 : 1)];

    private void WriteRam()
    {
        while (_ram.Count > 0)
        {
            _writer.WriteSegment(_ram.Dequeue());
        }
    }

    private void RequireOwnPages()
    {
        foreach (BuildSegment segment in _mapped.Where(segment => segment.Address % 4 != 0))
        {
            throw new InputException(
                ErrorCode.Misaligned,
                $"The segment {segment.Name} begins at 0x{segment.Address:X8}, which is no multiple of 4.",
                "Check the linker script.");
        }

        for (int i = 1; i < _mapped.Count; i++)
        {
            BuildSegment before = _mapped[i - 1];
            BuildSegment segment = _mapped[i];
            if (segment.Address / _pageSize == before.Address / _pageSize)
            {
                throw new InputException(
                    ErrorCode.SegmentsShareFlashPage,
                    $"The segments {before.Name} at 0x{before.Address:X8} and {segment.Name} at 0x{segment.Address:X8} begin in one MMU page of {_pageSize >> 10} KB.",
                    "Check the linker script: sections that follow each other without a gap share a segment.");
            }
        }
    }

    // Number of data bytes of a filling segment, which has its own header, before the next mapped segment; 0 when none is needed.
    private int GapBefore(BuildSegment segment)
    {
        int place = (int)(segment.Address % _pageSize) - SegmentHeader;
        int missing = _pageSize - (_writer.Position % _pageSize) + place;
        if (missing == 0 || missing == _pageSize)
        {
            return 0;
        }

        // No room for data after the header of the filling segment: use one more page.
        int gap = missing - SegmentHeader;
        return gap > 0 ? gap : gap + _pageSize;
    }

    private void WriteMapped(BuildSegment segment)
    {
        int end = (_writer.Position + SegmentHeader + segment.Data.Length) % _pageSize;
        if (end < _chip.Image.MinBytesInLastPage)
        {
            segment.AppendZeros(_chip.Image.MinBytesInLastPage - end);
        }

        _writer.WriteSegment(segment);
    }

    private void WriteSecurePadding(SecurePadding padding)
    {
        // The checksum and its alignment take 16 bytes here, since the segments before it end at a multiple of 16.
        const int Checksum = 16;
        int behind = FirmwareImage.HashLength + (padding == SecurePadding.V1 ? SignatureV1 : 0);
        _writer.WriteSegment(BuildSegment.Padding(Modulo(-(long)_writer.Position - SegmentHeader - Checksum - behind)));
    }

    private int Modulo(long value) => (int)(((value % _pageSize) + _pageSize) % _pageSize);
}
