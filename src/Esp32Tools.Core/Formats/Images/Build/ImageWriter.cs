using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>Writes an image segment by segment: updates the checksum, and inserts the ELF file's digest on the way.</summary>
/// <param name="elfHash">The digest; null when the image has no field for it.</param>
/// <param name="elfHashOffset">Its offset in the image.</param>
internal sealed class ImageWriter(byte[]? elfHash, uint elfHashOffset)
{
    private readonly MemoryStream _image = new();
    private byte _checksum = FirmwareImage.ChecksumSeed;

    /// <summary>Number of bytes written so far.</summary>
    public int Position => (int)_image.Position;

    /// <summary>Number of segments written so far.</summary>
    public int SegmentCount { get; private set; }

    /// <summary>True when the ELF file's digest has been inserted.</summary>
    public bool HasElfHash { get; private set; }

    public void WriteHeader(ImageHeader header)
    {
        var bytes = new byte[ImageHeader.Size];
        header.WriteTo(bytes);
        _image.Position = 0;
        _image.Write(bytes, 0, bytes.Length);
        _image.Position = _image.Length;
    }

    /// <summary>Writes a segment with its header.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.SegmentLimit"/>, <see cref="ErrorCode.DigestPlaceTaken"/></exception>
    public void WriteSegment(BuildSegment segment)
    {
        byte[] data = segment.Data;
        if (data.Length >= ImageSegment.MaxLength)
        {
            throw new InputException(
                ErrorCode.SegmentLimit,
                $"The segment {segment.Name} at 0x{segment.Address:X8} has 0x{data.Length:X} bytes, and an image takes fewer than 0x{ImageSegment.MaxLength:X}.",
                "Check the linker script.");
        }

        var header = new byte[ImageSegment.HeaderSize];
        LittleEndian.WriteUInt32(header, 0, segment.Address);
        LittleEndian.WriteUInt32(header, 4, (uint)data.Length);
        _image.Write(header, 0, header.Length);
        data = WithElfHash(data);
        foreach (byte value in data)
        {
            _checksum ^= value;
        }

        _image.Write(data, 0, data.Length);
        SegmentCount++;
    }

    /// <summary>Zeros up to 15 mod 16, then the checksum of all segments so far.</summary>
    public void WriteChecksum()
    {
        Fill(0, 15 - (Position % 16));
        _image.WriteByte(_checksum);
    }

    /// <summary>Appends the SHA-256 of all bytes so far.</summary>
    public void WriteHash()
    {
        using var sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(_image.ToArray());
        _image.Write(hash, 0, hash.Length);
    }

    /// <summary>Pads with FF to a multiple of a size.</summary>
    public void PadTo(int size) => Fill(0xFF, (size - (Position % size)) % size);

    public byte[] ToArray() => _image.ToArray();

    private void Fill(byte value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _image.WriteByte(value);
        }
    }

    private byte[] WithElfHash(byte[] data)
    {
        long place = elfHashOffset - (long)Position;
        if (elfHash is null || place <= -elfHash.Length || place >= data.Length)
        {
            return data;
        }

        if (place < 0 || place + elfHash.Length > data.Length)
        {
            throw Taken("is not inside one segment");
        }

        if (Enumerable.Range((int)place, elfHash.Length).Any(i => data[i] != 0))
        {
            throw Taken("has something else in it");
        }

        byte[] filled = (byte[])data.Clone();
        elfHash.CopyTo(filled, (int)place);
        HasElfHash = true;
        return filled;
    }

    private InputException Taken(string what) => new(
        ErrorCode.DigestPlaceTaken,
        $"The place for the digest of the ELF file, 32 bytes at 0x{elfHashOffset:X} of the image, {what}.",
        "Name a place that the program keeps free for it, or none.");
}
