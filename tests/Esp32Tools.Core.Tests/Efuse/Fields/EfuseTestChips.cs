using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>Chips to plan and burn on.</summary>
internal static class EfuseTestChips
{
    public static ChipDefinition Classic { get; } = ChipCatalog.ByName("esp32");

    public static ChipDefinition C3 { get; } = ChipCatalog.ByName("esp32c3");

    /// <summary>Thirty-two bytes that no other key has.</summary>
    public static byte[] Bytes(int seed, int length = 32) => [.. Enumerable.Range(0, length).Select(i => (byte)((seed * 29) + (i * 7) + 1))];

    public static EfuseKey Key(int seed, int length = 32) => new(Bytes(seed, length));

    /// <summary>A chip with these words and all else zero.</summary>
    public static EfuseSnapshot Chip(ChipDefinition chip, int revision, params (int Block, int Word, uint Value)[] words)
    {
        uint[][] blocks = [.. chip.Efuse.Blocks.Select(block => new uint[block.Words])];
        foreach ((int block, int word, uint value) in words)
        {
            blocks[block][word] = value;
        }

        return new EfuseSnapshot(chip, blocks, new Dictionary<uint, uint>(), revision);
    }

    /// <summary>A chip with this block filled.</summary>
    public static EfuseSnapshot ChipWithBlock(ChipDefinition chip, int revision, int block, byte[] content, params (int Block, int Word, uint Value)[] words) =>
        Chip(chip, revision, [.. words, .. EfuseBits.ToWords(content).Select((word, i) => (block, i, word))]);
}
