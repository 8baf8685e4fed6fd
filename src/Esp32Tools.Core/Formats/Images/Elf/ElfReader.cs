using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Elf;

/// <summary>Reads the headers of an ELF file and the data they point to.</summary>
internal sealed class ElfReader(byte[] bytes, string? source)
{
    private const int HeaderSize = 52;
    private const int SectionHeaderSize = 40;
    private const int ProgramHeaderSize = 32;
    private const uint LoadSegment = 1;
    private const ushort Xtensa = 0x5E;
    private const ushort RiscV = 0xF3;

    private static readonly byte[] s_magic = [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    // Program bits, and the arrays of constructors and destructors: 1, and 14 to 16.
    private static readonly uint[] s_loadedTypes = [1, 14, 15, 16];

    // Headers are small and may point to the same bytes many times; what a linker makes loads and names each byte once.
    private long _unread;

    public ElfFile Read()
    {
        ushort machine = ReadHeader();
        return new ElfFile(bytes, source)
        {
            Machine = machine,
            EntryPoint = Word(24),
            Sections = ReadSections(),
            Segments = ReadSegments(),
        };
    }

    private string Subject => source is null ? "The ELF file" : $"The ELF file '{source}'";

    private ushort ReadHeader()
    {
        if (bytes.Length == 0)
        {
            throw Fail(ErrorCode.ImageEmpty, "is empty", "Build it again, or check the path.");
        }

        if (!bytes.Take(s_magic.Length).SequenceEqual(s_magic.Take(bytes.Length)))
        {
            throw Fail(ErrorCode.ElfInvalid, "does not begin as an ELF file does", "Give the file that the linker made, which ends in .elf as a rule.");
        }

        Need(0, HeaderSize, "its header");
        if (bytes[4] != 1 || bytes[5] != 1)
        {
            throw Fail(ErrorCode.ElfInvalid, "is not one of 32 bits and little-endian", "Give the firmware's, and not one of this computer.");
        }

        ushort machine = Half(18);
        return machine is Xtensa or RiscV ? machine : throw Fail(
            ErrorCode.ElfForOtherMachine, $"is for the machine 0x{machine:X}, and not for Xtensa or RISC-V", "Give the ELF file of the firmware.");
    }

    private IReadOnlyList<ElfSection> ReadSections()
    {
        (uint start, int count) = ReadTable(32, Half(46), Half(48), SectionHeaderSize, "section headers");
        if (count == 0)
        {
            throw Invalid("has no section headers");
        }

        int names = Half(50);
        if (names >= count)
        {
            throw Invalid($"names section {names} as that of the names, and has {count}");
        }

        _unread = bytes.Length;
        List<ElfSection> sections = [];
        for (int i = 0; i < count; i++)
        {
            int header = (int)start + (i * SectionHeaderSize);
            uint address = Word(header + 12);
            uint size = Word(header + 20);
            if (address != 0 && size != 0 && s_loadedTypes.Contains(Word(header + 4)))
            {
                string name = ReadName((int)start + (names * SectionHeaderSize), Word(header));
                byte[] data = Slice(Word(header + 16), size, $"section {name}");
                sections.Add(new ElfSection(name, address, data, Word(header + 32)));
            }
        }

        return sections;
    }

    private IReadOnlyList<ElfSection> ReadSegments()
    {
        (uint start, int count) = ReadTable(28, Half(42), Half(44), ProgramHeaderSize, "program headers");
        _unread = bytes.Length;
        List<ElfSection> segments = [];
        for (int i = 0; i < count; i++)
        {
            int header = (int)start + (i * ProgramHeaderSize);
            uint address = Word(header + 12);
            uint size = Word(header + 16);
            if (Word(header) == LoadSegment && address != 0 && size != 0)
            {
                segments.Add(new ElfSection("PHDR", address, Slice(Word(header + 4), size, $"segment {i}"), Word(header + 28)));
            }
        }

        return segments;
    }

    private (uint Start, int Count) ReadTable(int place, int size, int count, int expected, string what)
    {
        if (count > 0 && size != expected)
        {
            throw Invalid($"has {what} of {size} bytes; they have {expected}");
        }

        uint start = Word(place);
        Need(start, (long)count * expected, $"its {count} {what}");
        return (start, count);
    }

    private string ReadName(int header, uint offset)
    {
        long start = (long)Word(header + 16) + offset;
        long limit = Math.Min(bytes.Length, (long)Word(header + 16) + Word(header + 20));
        int end = start < limit ? Array.IndexOf(bytes, (byte)0, (int)start, (int)(limit - start)) : -1;
        if (end < 0)
        {
            throw Invalid($"has a section whose name is not where it should be, at 0x{start:X}");
        }

        Take(end - start, "names of sections");
        return Encoding.UTF8.GetString(bytes, (int)start, end - (int)start);
    }

    private byte[] Slice(uint start, uint size, string what)
    {
        Need(start, size, what);
        Take(size, what);
        var data = new byte[size];
        Array.Copy(bytes, (int)start, data, 0, (int)size);
        return data;
    }

    private void Take(long size, string what)
    {
        _unread -= size;
        if (_unread < 0)
        {
            throw Invalid($"has 0x{bytes.Length:X} bytes and headers that ask for more of them, up to {what}: they point to the same bytes again and again");
        }
    }

    private void Need(long start, long size, string what)
    {
        if (start + size > bytes.Length)
        {
            throw Fail(
                ErrorCode.ElfTruncated,
                $"ends at 0x{bytes.Length:X}, before the end of {what} at 0x{start + size:X}",
                "Check that the file was copied whole.");
        }
    }

    private ushort Half(int offset) => LittleEndian.ReadUInt16(bytes, offset);

    private uint Word(int offset) => LittleEndian.ReadUInt32(bytes, offset);

    private InputException Invalid(string what) => Fail(ErrorCode.ElfInvalid, what, "Build it again.");

    private InputException Fail(ErrorCode code, string what, string advice) => new(code, $"{Subject} {what}.", advice) { Target = source };
}
