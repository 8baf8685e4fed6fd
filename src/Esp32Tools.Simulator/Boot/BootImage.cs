using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Boot;

/// <summary>
/// An image in flash as ROM and bootloader take it apart: header, segments, checksum and hash (formats.md, section 5;
/// protocol.md, section 10).
/// </summary>
internal sealed class BootImage
{
    private const byte Magic = 0xE9;
    private const byte ChecksumSeed = 0xEF;
    private const int HeaderLength = 24;
    private const int MaxSegments = 16;
    private const int HashLength = 32;
    private const int LongestSegment = 16 * 1024 * 1024;
    private const int NoUpperLimit = 65535;

    private readonly byte[] _header;
    private readonly List<(uint Address, uint Length)> _segments = [];

    /// <param name="flash">The flash.</param>
    /// <param name="start">Address of the image.</param>
    public BootImage(FlashView flash, uint start)
    {
        Start = start;
        _header = flash.Read(start, HeaderLength);
        if (!HasHeader)
        {
            return;
        }

        long end = start + HeaderLength;
        for (int i = 0; i < _header[1]; i++)
        {
            uint length = end + 8 <= flash.Size ? flash.Word((uint)end + 4) : uint.MaxValue;
            if (length > LongestSegment || end + 8 + length > flash.Size)
            {
                return;
            }

            _segments.Add((flash.Word((uint)end), length));
            end += 8 + length;
        }

        // The checksum is the last byte of sixteen.
        long summed = (end - start) / 16 * 16 + 16;
        long whole = summed + (HasHash ? HashLength : 0);
        if (start + whole > flash.Size)
        {
            return;
        }

        byte[] bytes = flash.Read(start, (int)whole);
        IsWhole = true;
        Length = (uint)whole;
        StoredChecksum = bytes[summed - 1];
        Checksum = Sum(bytes);
        using var digest = SHA256.Create();
        Hash = digest.ComputeHash(bytes, 0, (int)summed);
        StoredHash = HasHash ? [.. bytes.Skip((int)summed)] : Hash;
    }

    public uint Start { get; }

    /// <summary>The first four bytes.</summary>
    public uint FirstWord => LittleEndian.ReadUInt32(_header, 0);

    /// <summary>True when it begins as an image does.</summary>
    public bool HasHeader => _header[0] == Magic && _header[1] is > 0 and <= MaxSegments;

    /// <summary>The segments, up to one that is longer than the flash.</summary>
    public IReadOnlyList<(uint Address, uint Length)> Segments => _segments;

    public uint Entry => LittleEndian.ReadUInt32(_header, 4);

    public int ChipId => LittleEndian.ReadUInt16(_header, 12);

    /// <summary>True when all of it is in flash; what follows has a meaning then only.</summary>
    public bool IsWhole { get; }

    /// <summary>Its length in bytes, without a signature.</summary>
    public uint Length { get; }

    public byte Checksum { get; }

    public byte StoredChecksum { get; }

    /// <summary>True when its hash is appended.</summary>
    public bool HasHash => _header[23] == 1;

    /// <summary>SHA-256 of the image.</summary>
    public byte[] Hash { get; } = [];

    /// <summary>The appended one; the same where none is appended.</summary>
    public byte[] StoredHash { get; } = [];

    public bool HasRightHash => Hash.SequenceEqual(StoredHash);

    /// <summary>True when the header admits a revision.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="revision">Its revision, major * 100 + minor.</param>
    public bool Admits(ChipDefinition chip, int revision)
    {
        int legacy = _header[14];
        int lowest = LittleEndian.ReadUInt16(_header, 15);
        int highest = LittleEndian.ReadUInt16(_header, 17);
        if (highest == 0 || (highest == NoUpperLimit && lowest == 0 && legacy != 0))
        {
            return (chip.Image.LegacyRevisionIsMinor ? revision % 100 : revision / 100) >= legacy;
        }

        return revision >= lowest && (highest == NoUpperLimit || revision <= highest);
    }

    private byte Sum(byte[] bytes)
    {
        byte sum = ChecksumSeed;
        long at = HeaderLength;
        foreach ((_, uint length) in _segments)
        {
            at += 8;
            for (long end = at + length; at < end; at++)
            {
                sum ^= bytes[at];
            }
        }

        return sum;
    }
}
