using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images;

/// <summary>Walks through the bytes of an image once.</summary>
internal sealed class ImageReader(byte[] bytes, string? source)
{

    // First byte of a signature block of secure boot v2, then its version. Source: ESP-IDF, esp_secure_boot.h.
    private const byte SignatureMagic = 0xE7;

    private readonly List<ImageSegment> _segments = [];
    private int _position = ImageHeader.Size;
    private int? _checksumOffset;
    private byte _checksum = FirmwareImage.ChecksumSeed;
    private int _length;
    private string? _defect;

    /// <summary>Reads an image, or says why it is not one.</summary>
    public FirmwareImage Read()
    {
        ImageHeader header = ReadHeader();
        ReadBody(header);
        return Image(header, null);
    }

    /// <summary>Reads as far as the image is present.</summary>
    public FirmwareImage Inspect()
    {
        ImageHeader header = ReadHeader();
        try
        {
            ReadBody(header);
            return Image(header, null);
        }
        catch (InputException defect)
        {
            _length = Math.Min(_position, bytes.Length);
            return Image(header, defect);
        }
    }

    private void ReadBody(ImageHeader header)
    {
        if (header.SegmentCount is 0 or > ImageHeader.MaxSegments)
        {
            throw Invalid($"names {header.SegmentCount} segments; an image has 1 to {ImageHeader.MaxSegments}");
        }

        if (header.HashAppended > 1)
        {
            throw Invalid($"has 0x{header.HashAppended:X2} where 0 or 1 says whether a digest stands behind it");
        }

        ChipDefinition? chip = ChipCatalog.ByImageChipId(header.ChipId);
        for (int index = 0; index < header.SegmentCount; index++)
        {
            ImageSegment segment = ReadSegment(index, chip);
            _checksum = Xor(_checksum, segment);
            _segments.Add(segment);
        }

        int offset = _position | 0xF;
        Need(offset + 1, "its checksum");
        _checksumOffset = offset;
        _position = offset + 1;
        _length = _position + (header.HasHash ? FirmwareImage.HashLength : 0);
        Need(_length, "its SHA-256");
        _position = _length;
    }

    private FirmwareImage Image(ImageHeader header, InputException? defect)
    {
        int? hashOffset = header.HasHash ? _checksumOffset + 1 : null;
        bool hasHash = hashOffset + FirmwareImage.HashLength <= bytes.Length;
        return new FirmwareImage(source, header, _segments)
        {
            Length = _length,
            StoredChecksum = _checksumOffset is int place ? bytes[place] : null,
            ComputedChecksum = _checksum,
            StoredHash = hasHash ? Hex.Encode(bytes, hashOffset!.Value, FirmwareImage.HashLength) : null,
            ComputedHash = hashOffset is int end ? Hex.Encode(HashOf(bytes, end)) : null,
            HasSignatureBlock = defect is null && HasSignatureBehind(_length),
            App = _segments.Count > 0 ? AppDescriptor.Find(bytes, _segments[0].DataOffset, _segments[0].Length) : null,
            Bootloader = _segments.Count > 0 ? BootloaderDescriptor.Find(bytes, _segments[0]) : null,
            Defect = defect is null ? null : _defect,
            DefectCode = defect?.Code ?? default,
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

        if (bytes[0] != ImageHeader.Magic && !Esp8266Image.LooksLike(bytes))
        {
            throw Fail(
                ErrorCode.ImageInvalid,
                $"begins with 0x{bytes[0]:X2} and not with 0x{ImageHeader.Magic:X2}",
                "Give an application or bootloader image; other files, and encrypted images, do not begin this way.");
        }

        if (Esp8266Image.LooksLike(bytes))
        {
            throw Fail(ErrorCode.ImageForOtherChip, $"was built for the {Esp8266Image.Chip}", "Build it for the chip at hand.");
        }

        Need(ImageHeader.Size, "its header");
        return ImageHeader.Read(bytes);
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

        int end = offset + ImageSegment.HeaderSize + (int)length;
        Need(end, $"segment {index} (0x{length:X} bytes for 0x{address:X8})");
        _position = end;
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
        int sector = (int)FlashLayout.Ceiling(length);
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

    private InputException Invalid(string what) =>
        Fail(ErrorCode.ImageInvalid, what, "The header is damaged, or this is no image; build it or copy it again.");

    private InputException Fail(ErrorCode code, string what, string advice)
    {
        _defect = what;
        return new InputException(code, $"{FirmwareImage.Subject(source)} {what}.", advice) { Target = source };
    }
}
