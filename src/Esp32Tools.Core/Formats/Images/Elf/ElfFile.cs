using System.Collections.Generic;
using System.Security.Cryptography;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Elf;

/// <summary>
/// The parts of a linker's output that an image needs: a 32-bit little-endian ELF file for Xtensa or RISC-V.
/// <code>
/// header 52      0 7F 'ELF' | 4 class 1 | 5 data 1 | 18 machine u16 | 24 entry u32 | 28 program headers u32 | 32 section headers u32
///                42 size u16 and 44 count u16 of program headers | 46 size u16 and 48 count u16 of section headers | 50 names u16
/// section 40     0 name u32 | 4 type u32 | 8 flags u32 | 12 address u32 | 16 offset u32 | 20 size u32 | 32 alignment u32
/// program 32     0 type u32 | 4 offset u32 | 8 virtual u32 | 12 physical u32 | 16 file size u32 | 28 alignment u32
/// </code>
/// Source: Tool Interface Standard, Executable and Linking Format, version 1.2.
/// </summary>
public sealed class ElfFile
{
    private readonly byte[] _bytes;

    internal ElfFile(byte[] bytes, string? source)
    {
        _bytes = bytes;
        Source = source;
    }

    /// <summary>Its origin: a path, or null.</summary>
    public string? Source { get; }

    /// <summary>Machine: 0x5E Xtensa, 0xF3 RISC-V.</summary>
    public ushort Machine { get; internal init; }

    /// <summary>Address of the first instruction.</summary>
    public uint EntryPoint { get; internal init; }

    /// <summary>Sections with bytes to load, in their order.</summary>
    public IReadOnlyList<ElfSection> Sections { get; internal init; } = [];

    /// <summary>Segments with bytes to load, in their order.</summary>
    public IReadOnlyList<ElfSection> Segments { get; internal init; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Its origin, for messages: a path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>; <see cref="ErrorCode.ElfInvalid"/>: it is not such a file;
    /// <see cref="ErrorCode.ElfForOtherMachine"/>; <see cref="ErrorCode.ElfTruncated"/>: it ends too early.
    /// </exception>
    public static ElfFile Parse(byte[] bytes, string? source = null) => new ElfReader(bytes, source).Read();

    /// <summary>SHA-256 of the whole file; applications carry it to identify their ELF file.</summary>
    public byte[] ComputeHash()
    {
        using var sha256 = SHA256.Create();
        return sha256.ComputeHash(_bytes);
    }
}
