using System;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// The controller of all later chips: one set of write registers, block 0 stored plainly four times over, the other
/// blocks with twelve check bytes that the host must supply (efuse-rules.md, sections 2 and 3). A second burn of
/// such a block, or wrong check bytes, give coding errors here as they do in silicon.
/// </summary>
internal sealed class ReedSolomonEfuseController : EfuseController
{
    private const uint WriteRegisters = 0x00;
    private const int DataWords = 8;
    private const int DataBytes = 4 * DataWords;

    public ReedSolomonEfuseController(ChipDefinition chip, FuseMap map)
        : base(chip, map)
    {
    }

    public override void Store(int block, byte[] data)
    {
        byte[] stored = block == 0 ? data : ReedSolomon.Encode(Padded(data));
        Buffer.BlockCopy(stored, 0, Fuses[block], 0, Math.Min(stored.Length, Fuses[block].Length));
    }

    protected override int RawLength(EfuseBlockFacts block) => block.Index == 0 ? 4 * block.Words : ReedSolomon.Length;

    protected override void Program(int block)
    {
        EfuseBlockFacts? facts = Facts.Blocks.FirstOrDefault(candidate => candidate.Index == block);
        if (facts is not null)
        {
            Burn(facts, WriteRegisters, Fuses[block].Length / 4);
        }
    }

    protected override byte[] Decode(EfuseBlockFacts block)
    {
        if (block.Index == 0)
        {
            // Stored four times: nothing here breaks one copy, so its error words stay zero.
            return Fuses[0];
        }

        byte[] coded = (byte[])Fuses[block.Index].Clone();
        int? errors = ReedSolomon.Correct(coded);
        if (block.ErrorCount is (uint countRegister, int shift))
        {
            uint count = errors is int fixedBytes ? (uint)fixedBytes : 7;
            this[countRegister] = (this[countRegister] & ~(7u << shift)) | (count << shift);
        }

        if (block.ErrorFail is (uint failRegister, int bit))
        {
            this[failRegister] = (this[failRegister] & ~(1u << bit)) | (errors is null ? 1u << bit : 0);
        }

        // Data that cannot be corrected is shown as it is.
        return errors is null ? (byte[])Fuses[block.Index].Clone() : coded;
    }

    private static byte[] Padded(byte[] data)
    {
        byte[] padded = new byte[DataBytes];
        Buffer.BlockCopy(data, 0, padded, 0, Math.Min(data.Length, DataBytes));
        return padded;
    }
}
