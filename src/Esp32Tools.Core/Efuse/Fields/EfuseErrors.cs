using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Efuse.Fields;

/// <summary>The registers in which a chip reports wrong bits, and their decoding.</summary>
internal static class EfuseErrors
{
    /// <summary>Addresses of all error registers of a chip.</summary>
    public static IEnumerable<uint> Registers(ChipDefinition chip)
    {
        EfuseFacts efuse = chip.Efuse;
        IEnumerable<uint> offsets = efuse.Generation == EfuseGeneration.Esp32
            ? [efuse.DecodeStatus]
            : efuse.RepeatErrors
                .Concat(efuse.Blocks.Where(block => block.ErrorCount is not null).Select(block => block.ErrorCount!.Value.Register))
                .Concat(efuse.Blocks.Where(block => block.ErrorFail is not null).Select(block => block.ErrorFail!.Value.Register));
        return offsets.Distinct().Select(offset => efuse.Base + offset);
    }

    /// <summary>Decodes them, block by block.</summary>
    public static IReadOnlyList<EfuseBlockStatus> Decode(ChipDefinition chip, EfuseCodingScheme scheme, Func<uint, uint> readRegister)
    {
        EfuseFacts efuse = chip.Efuse;
        return efuse.Generation == EfuseGeneration.ReedSolomon
            ? [.. efuse.Blocks.Select(block => DecodeReedSolomon(efuse, block, readRegister))]
            : scheme == EfuseCodingScheme.ThreeQuarters
                ? [.. efuse.Blocks.Where(block => block.Index > 0).Select(block => DecodeThreeQuarters(efuse, block, readRegister))]
                : [];
    }

    // Four warning bits for each of the blocks 1 to 3, block 1 lowest (efuse-rules.md, section 1).
    private static EfuseBlockStatus DecodeThreeQuarters(EfuseFacts efuse, EfuseBlockFacts block, Func<uint, uint> readRegister) => new()
    {
        Block = block.Index,
        Name = block.Name,
        Errors = (int)(readRegister(efuse.Base + efuse.DecodeStatus) >> (4 * (block.Index - 1)) & 0xF),
    };

    private static EfuseBlockStatus DecodeReedSolomon(EfuseFacts efuse, EfuseBlockFacts block, Func<uint, uint> readRegister) => new()
    {
        Block = block.Index,
        Name = block.Name,
        Errors = block.Index == 0
            ? efuse.RepeatErrors.Sum(offset => EfuseOnes.Count(readRegister(efuse.Base + offset)))
            : block.ErrorCount is { } count ? (int)(readRegister(efuse.Base + count.Register) >> count.Shift & 0x7) : 0,
        Failed = block.ErrorFail is { } fail && (readRegister(efuse.Base + fail.Register) >> fail.Bit & 1) != 0,
    };
}
