using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>A row of a user's field table with its place on a chip.</summary>
/// <param name="Row">The row.</param>
/// <param name="Block">The block.</param>
/// <param name="Range">Its bits in the block.</param>
internal sealed record UserFieldPiece(UserFieldRow Row, EfuseBlockFacts Block, EfuseBitRange Range)
{
    /// <summary>The bit after the last one.</summary>
    public int End => Range.Start + Range.Count;

    public string Bits => Range.Count == 1 ? $"bit {Range.Start}" : $"bits {Range.Start} to {End - 1}";

    public bool Overlaps(UserFieldPiece other) => Block == other.Block && Range.Start < other.End && other.Range.Start < End;

    public bool Holds(UserFieldPiece other) => Block == other.Block && Range.Start <= other.Range.Start && other.End <= End;

    public bool IsIn(int block, IEnumerable<int> bits) =>
        Block.Index == block && !Enumerable.Range(Range.Start, Range.Count).Except(bits).Any();
}
