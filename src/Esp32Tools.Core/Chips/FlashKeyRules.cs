using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>The rules by which chips show that they have a flash encryption key.</summary>
internal static class FlashKeyRules
{
    /// <summary>A key block has the purpose of a flash key, or two have those of its halves.</summary>
    public static bool ByPurpose(EfuseView fuses)
    {
        uint[] found = [.. fuses.Chip.Efuse.Blocks.Select(block => fuses.Table.FindPurposeOf(block.Index)).OfType<EfuseField>().Select(fuses.Read)];
        bool Holds(KeyPurpose purpose) => found.Contains((uint)purpose.Id!);
        IReadOnlyList<KeyPurpose> halves = fuses.Chip.FlashKeyHalves;
        return fuses.Chip.FlashKeys.Any(Holds) || (halves.Count > 0 && halves.All(Holds));
    }

    /// <summary>A block is hidden from software, or shows data.</summary>
    /// <param name="fuses">The eFuses.</param>
    /// <param name="block">Number of the block in hardware.</param>
    public static bool InBlock(EfuseView fuses, int block)
    {
        EfuseBlockFacts facts = fuses.Chip.Efuse.Blocks[block];
        return (fuses.Read(EfuseRole.ReadDisable) >> facts.ReadDisableBit!.Value & 1) != 0 || fuses.HasData(block, facts.Words);
    }
}
