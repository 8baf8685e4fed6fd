using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// The registers of a chip that may hold a key: the read registers of every eFuse block that can be read-protected, and the
/// registers that take the data of a burn, check words included; each at every address where it answers.
/// </summary>
internal sealed class SecretRegisters
{
    // The data of a burn of a Reed-Solomon block goes through one set of registers: eight words and three to check them
    // (efuse-rules.md, section 2).
    private const uint CodedWords = 11;

    private readonly bool _knowsChip;
    private readonly IReadOnlyList<(uint Start, uint End)> _readable = [];
    private readonly IReadOnlyList<(uint Start, uint End)> _writable = [];

    public SecretRegisters(ChipDefinition? chip)
    {
        if (chip is null)
        {
            return;
        }

        _knowsChip = true;
        EfuseFacts efuse = chip.Efuse;
        uint[] bases = [efuse.Base, .. efuse.Aliases];
        _writable = [.. bases.SelectMany(start => efuse.Blocks.Select(block => Range(start + block.WriteOffset, Math.Max(WrittenWords(efuse), (uint)block.Words))))];
        _readable =
        [
            .. bases.SelectMany(start => efuse.Blocks.Where(block => block.ReadDisableBit is not null).Select(block => Range(start + block.ReadOffset, (uint)block.Words))),
            .. _writable,
        ];
    }

    /// <summary>True when the word read from an address may be secret.</summary>
    public bool CanRead(uint address) => _knowsChip ? Overlaps(_readable, address) : address != ChipDefinition.MagicRegister;

    /// <summary>True when the word written to an address may be secret.</summary>
    public bool CanWrite(uint address) => !_knowsChip || Overlaps(_writable, address);

    private static uint WrittenWords(EfuseFacts efuse) => efuse.Generation == EfuseGeneration.Esp32 ? 0 : CodedWords;

    private static (uint Start, uint End) Range(uint start, uint words) => (start, start + (4 * words));

    // An unaligned address reaches bytes of this word too.
    private static bool Overlaps(IReadOnlyList<(uint Start, uint End)> ranges, uint address) =>
        ranges.Any(range => (ulong)address + 4 > range.Start && address < range.End);
}
