using System;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// The ESP32's controller: every block has write registers of its own and one command burns them all, so that a stale
/// word burns too. Blocks 1 to 3 are coded 3/4 when block 0 says so (efuse-rules.md, sections 1 and 3).
/// </summary>
internal sealed class Esp32EfuseController : EfuseController
{
    private const int CodingWord = 6;
    private const uint CodingThreeQuarters = 1;

    public Esp32EfuseController(ChipDefinition chip, FuseMap map)
        : base(chip, map)
    {
    }

    public override void Store(int block, byte[] data)
    {
        byte[] stored = block != 0 && IsThreeQuarters ? ThreeQuarterCode.Encode(data) : data;
        Buffer.BlockCopy(stored, 0, Fuses[block], 0, Math.Min(stored.Length, Fuses[block].Length));
    }

    protected override int RawLength(EfuseBlockFacts block) => 4 * block.Words;

    protected override int DataLength(EfuseBlockFacts block) =>
        block.Index != 0 && IsThreeQuarters ? ThreeQuarterCode.DataLength : base.DataLength(block);

    protected override void Program(int block)
    {
        // The coding scheme and the protections are those from before the burn.
        for (int index = Facts.Blocks.Count - 1; index >= 0; index--)
        {
            Burn(Facts.Blocks[index], Facts.Blocks[index].WriteOffset, Facts.Blocks[index].Words);
        }
    }

    protected override byte[] Decode(EfuseBlockFacts block)
    {
        if (block.Index == 0)
        {
            this[Facts.DecodeStatus] = 0;
            return Fuses[0];
        }

        if (!IsThreeQuarters)
        {
            return Fuses[block.Index];
        }

        byte[] data = ThreeQuarterCode.Decode(Fuses[block.Index], out uint wrongGroups);
        this[Facts.DecodeStatus] |= wrongGroups << (4 * (block.Index - 1));
        return data;
    }

    private bool IsThreeQuarters => (Block0(CodingWord) & 3) == CodingThreeQuarters;
}
