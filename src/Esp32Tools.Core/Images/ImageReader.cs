using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Images;

/// <summary>Walks through the bytes of an image once.</summary>
internal sealed class ImageReader(byte[] bytes, string? source)
{
    private const int SectorSize = 0x1000;

    // First byte of a signature block of secure boot v2, then its version. Source: ESP-IDF, esp_secure_boot.h.
    private const byte SignatureMagic = 0xE7;

    private int _position = ImageHeader.Size;

    public FirmwareImage Read()
    {
        ImageHeader header = ReadHeader();
        ChipDefinition? chip = ChipCatalog.ByImageChipId(header.ChipId);
        List<ImageSegment> segments = [];
        byte checksum = FirmwareImage.ChecksumSeed;
        for (int index = 0; index < header.SegmentCount; index++)
        {
            ImageSegment segment = ReadSegment(index, chip);
            checksum = Xor(checksum, segment);
            segments.Add(segment);
        }

        int checksumOffset = _position | 0xF;
        Need(checksumOffset + 1, "its checksum");
        int hashOffset = checksumOffset + 1;
        if (header.HasHash)
        {
            Need(hashOffset + FirmwareImage.HashLength, "its SHA-256");
        }

        int length = hashOffset + (header.HasHash ? FirmwareImage.HashLength : 0);
        return new FirmwareImage(source, header, segments)
        {
            Length = length,
            StoredChecksum = bytes[checksumOffset],
            ComputedChecksum = checksum,
            StoredHash = header.HasHash ? Hex.Encode(bytes, hashOffset, FirmwareImage.HashLength) : null,
            ComputedHash = header.HasHash ? Hex.Encode(HashOf(bytes, hashOffset)) : null,
            HasSignatureBlock = HasSignatureBehind(length),
            App = AppDescriptor.Find(bytes, segments[0].DataOffset, segments[0].Length),
            Bootloader = BootloaderDescriptor.Find(bytes, segments[0]),
        };
    }

    /// <summary>SHA-256 of the first bytes.</summary>
    public static byte[] HashOf(byte[] bytes, int count)
    {
        using var sha256 = SHA256.Create();
        return sha256.ComputeHash(bytes, 0, count);
    }

    private ImageHeader ReadHeader()
    {
        if (bytes.Length == 0)
        {
            throw Fail(ErrorCode.ImageEmpty, "is empty", "Check that the build wrote it and that it was copied whole.");
        }

        if (bytes[0] != ImageHeader.Magic)
        {
            throw Fail(
                ErrorCode.ImageInvalid,
                $"begins with 0x{bytes[0]:X2} and not with 0x{ImageHeader.Magic:X2}",
                "Give an application or bootloader image; other files, and encrypted images, do not begin this way.");
        }

        Need(ImageHeader.Size, "its header");
        var header = ImageHeader.Read(bytes);
        return header.SegmentCount is > 0 and <= ImageHeader.MaxSegments
            ? header
            : throw Invalid($"names {header.SegmentCount} segments; an image has 1 to {ImageHeader.MaxSegments}");
    }

    private ImageSegment ReadSegment(int index, ChipDefinition? chip)
    {
        int offset = _position;
        Need(offset + ImageSegment.HeaderSize, $"the header of segment {index}");
        uint address = LittleEndian.ReadUInt32(bytes, offset);
        uint length = LittleEndian.ReadUInt32(bytes, offset + 4);
        if (length > ImageSegment.MaxLength)
        {
            throw Invalid($"has a segment {index} of 0x{length:X} bytes at 0x{offset:X}; the most is 0x{ImageSegment.MaxLength:X}");
        }

        if (length % 4 != 0)
        {
            throw Invalid($"has a segment {index} of 0x{length:X} bytes at 0x{offset:X}, which is no multiple of 4");
        }

        _position = offset + ImageSegment.HeaderSize + (int)length;
        Need(_position, $"segment {index} (0x{length:X} bytes for 0x{address:X8})");
        string[] types = [.. (chip?.MemoryMap ?? []).Where(region => region.Contains(address)).Select(region => region.Name).Distinct()];
        return new ImageSegment(index, offset, address, (int)length, types);
    }

    private byte Xor(byte checksum, ImageSegment segment)
    {
        int end = segment.DataOffset + segment.Length;
        for (int i = segment.DataOffset; i < end; i++)
        {
            checksum ^= bytes[i];
        }

        return checksum;
    }

    private bool HasSignatureBehind(int length)
    {
        int sector = (length + SectorSize - 1) / SectorSize * SectorSize;
        return sector + 1 < bytes.Length && bytes[sector] == SignatureMagic && bytes[sector + 1] is 2 or 3;
    }

    private void Need(int end, string what)
    {
        if (bytes.Length < end)
        {
            throw Fail(
                ErrorCode.ImageTruncated,
                $"ends at 0x{bytes.Length:X}, before the end of {what} at 0x{end:X}",
                "Check that the image was copied whole.");
        }
    }

    private ImageException Invalid(string what) =>
        Fail(ErrorCode.ImageInvalid, what, "The header is damaged, or this is no image; build it or copy it again.");

    private ImageException Fail(ErrorCode code, string what, string advice) =>
        new(code, $"{FirmwareImage.Subject(source)} {what}.", advice) { Target = source };
}
