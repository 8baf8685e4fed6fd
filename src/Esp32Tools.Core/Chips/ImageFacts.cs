using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Codes in the image header, and alignment of images and writes.</summary>
public sealed class ImageFacts
{
    /// <summary>Flash address of the second stage bootloader.</summary>
    public required uint BootloaderOffset { get; init; }

    /// <summary>Family id in the blocks of a UF2 file. Source: the family list of the UF2 specification.</summary>
    public required uint Uf2FamilyId { get; init; }

    /// <summary>Machine number in the ELF files of its compiler: 0xF3 for RISC-V, 0x5E for Xtensa. Source: System V ABI, e_machine.</summary>
    public ushort ElfMachine { get; init; } = 0xF3;

    /// <summary>
    /// Page sizes of the flash MMU in bytes, smallest first; more than one where the application chooses. A mapped
    /// segment has the same offset within its page in flash as in memory. Every chip supports 64 KB, which applies
    /// by default.
    /// </summary>
    public IReadOnlyList<int> MmuPageSizes { get; init; } = [DefaultMmuPageSize];

    /// <summary>Page size of an image that does not specify one, in bytes.</summary>
    public const int DefaultMmuPageSize = 0x1_0000;

    /// <summary>
    /// Minimum number of bytes of a mapped segment in its last page; the bootloader of the ESP32 does not map a page with
    /// fewer. 0 where there is no such limit.
    /// </summary>
    public int MinBytesInLastPage { get; init; }

    /// <summary>
    /// Low nibble of header byte 3 by name, such as <c>80m</c>. Code 0 is every chip's default. Where two names share a code,
    /// the first is shown for an image.
    /// </summary>
    public IReadOnlyDictionary<string, byte> FlashFrequencies { get; init; } = new Dictionary<string, byte>
    {
        ["80m"] = 0xF,
        ["40m"] = 0x0,
        ["26m"] = 0x1,
        ["20m"] = 0x2,
    };

    /// <summary>High nibble of header byte 3 by name, such as <c>4MB</c>.</summary>
    public IReadOnlyDictionary<string, byte> FlashSizes { get; init; } = new Dictionary<string, byte>
    {
        ["1MB"] = 0x0,
        ["2MB"] = 0x1,
        ["4MB"] = 0x2,
        ["8MB"] = 0x3,
        ["16MB"] = 0x4,
        ["32MB"] = 0x5,
        ["64MB"] = 0x6,
        ["128MB"] = 0x7,
    };

    /// <summary>Header byte 2 by name.</summary>
    public IReadOnlyDictionary<string, byte> FlashModes { get; init; } = new Dictionary<string, byte>
    {
        ["qio"] = 0,
        ["qout"] = 1,
        ["dio"] = 2,
        ["dout"] = 3,
    };

    /// <summary>True when the old revision byte of the header (byte 14) holds a minor revision, false for a major one.</summary>
    public bool LegacyRevisionIsMinor { get; init; }

    /// <summary>Alignment of address and length of a write that the chip encrypts, in bytes.</summary>
    public int EncryptedWriteAlignment { get; init; } = 16;

    /// <summary>Instruction flash window: first address and the one behind the last.</summary>
    public required (uint Start, uint End) InstructionFlash { get; init; }

    /// <summary>Data flash window: first address and the one behind the last.</summary>
    public required (uint Start, uint End) DataFlash { get; init; }
}
