using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>
/// The eFuse blocks of nearly every chip after the ESP32: block 0, factory data, user data, six keys, and more
/// system data. The errors of block n are bits 4(n - 1) to 4(n - 1) + 3 of two words: a count, and a bit for a block that
/// could not be corrected.
/// </summary>
internal static class ReedSolomonBlocks
{
    private const int FactoryDataIndex = 1;
    private const int FirstKeyIndex = 4;
    private const int FirstWriteDisableBit = 20;

    /// <summary>The blocks with six keys.</summary>
    /// <param name="errors">Offset of the first of the two error words.</param>
    public static IReadOnlyList<EfuseBlockFacts> Usual(uint errors) => Create(block0Words: 6, keys: 6, errors);

    /// <summary>The blocks.</summary>
    /// <param name="block0Words">Number of words of block 0.</param>
    /// <param name="keys">Number of key blocks.</param>
    /// <param name="errors">Offset of the first of the two error words.</param>
    public static IReadOnlyList<EfuseBlockFacts> Create(int block0Words, int keys, uint errors)
    {
        string[] names =
        [
            "MAC_SPI_8M_0", "BLOCK_SYS_DATA", "BLOCK_USR_DATA",
            .. Enumerable.Range(0, keys).Select(key => $"BLOCK_KEY{key}"),
            "BLOCK_SYS_DATA2",
        ];
        uint offset = 0x2C;
        List<EfuseBlockFacts> blocks = [new() { Index = 0, Name = "BLOCK0", ReadOffset = offset, Words = block0Words }];
        for (int index = 1; index <= names.Length; index++)
        {
            offset += 4 * (uint)blocks[index - 1].Words;
            int key = index - FirstKeyIndex;
            int nibble = index - 1;
            uint register = errors + (4 * (uint)(nibble / 8));
            blocks.Add(new()
            {
                Index = index,
                Name = names[index - 1],
                Aliases = [$"BLOCK{index}"],
                ReadOffset = offset,
                Words = index == FactoryDataIndex ? 6 : 8,
                WriteDisableBit = FirstWriteDisableBit + nibble,
                // The keys and the blocks behind them can be hidden, one bit each.
                ReadDisableBit = key >= 0 ? key : null,
                // User data and the keys; factory data precedes them and system data follows.
                IsForUsers = key >= -1 && key < keys,
                HasPurpose = key >= 0 && key < keys,
                ErrorCount = (register, 4 * (nibble % 8)),
                ErrorFail = (register, (4 * (nibble % 8)) + 3),
            });
        }

        return blocks;
    }
}
