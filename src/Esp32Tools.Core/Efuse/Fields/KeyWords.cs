using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Efuse.Fields;

/// <summary>The words of a block that a key takes: all of them, or on the ESP32-C2 those of a half.</summary>
internal sealed class KeyWords
{
    /// <param name="block">The block.</param>
    /// <param name="bits">Its number of data bits.</param>
    /// <param name="part">The part of it that the key takes.</param>
    public KeyWords(EfuseBlockFacts block, int bits, KeyBlockPart part)
    {
        int words = bits / 32;
        FirstWord = part == KeyBlockPart.Upper ? words / 2 : 0;
        WordCount = part == KeyBlockPart.Whole ? words : words / 2;
        Part = part;
        ReadDisableBits = part switch
        {
            KeyBlockPart.Lower => BitsOf(block.ReadDisableBit),
            KeyBlockPart.Upper => BitsOf(block.UpperHalfReadDisableBit),
            _ => [.. BitsOf(block.ReadDisableBit), .. BitsOf(block.UpperHalfReadDisableBit)],
        };
    }

    public KeyBlockPart Part { get; }

    public int FirstWord { get; }

    public int WordCount { get; }

    /// <summary>Length of the key in bytes.</summary>
    public int Length => 4 * WordCount;

    /// <summary>Indexes of its words in the block.</summary>
    public IEnumerable<int> Words => Enumerable.Range(FirstWord, WordCount);

    /// <summary>Bits of RD_DIS that hide it; none when it cannot be hidden.</summary>
    public IReadOnlyList<int> ReadDisableBits { get; }

    private static IReadOnlyList<int> BitsOf(int? bit) => bit is { } value ? [value] : [];
}
