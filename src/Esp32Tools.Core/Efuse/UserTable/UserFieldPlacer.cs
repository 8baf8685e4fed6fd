using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>Assigns chip bits to the rows of a user's field table, and refuses two owners of one bit.</summary>
/// <param name="file">Name of the file, for messages.</param>
/// <param name="snapshot">The chip.</param>
/// <param name="own">The chip's own fields.</param>
internal sealed class UserFieldPlacer(string file, EfuseSnapshot snapshot, EfuseTable own)
{
    public IReadOnlyList<UserFieldPiece> Place(IEnumerable<UserFieldRow> rows)
    {
        List<UserFieldPiece> pieces = [];
        foreach (UserFieldRow row in rows)
        {
            UserFieldPiece piece = Place(row, pieces.LastOrDefault());
            if (pieces.FirstOrDefault(other => other.Overlaps(piece) && !MayShare(other, piece)) is { } taken)
            {
                throw UserFieldTableParser.Wrong(file, row.Line, UserFieldTableParser.StartColumn, $"{piece.Bits} of {row.Path} overlap {taken.Bits} of {taken.Row.Path} in line {taken.Row.Line}");
            }

            pieces.Add(piece);
        }

        return pieces;
    }

    // Without a first bit, a row begins after the one above, or at 0 when that row is in another block, as in ESP-IDF.
    private UserFieldPiece Place(UserFieldRow row, UserFieldPiece? above)
    {
        EfuseBlockFacts block = UserBlockLookup.Find(snapshot, own, row.Block)
            ?? throw Wrong(row, UserFieldTableParser.BlockColumn, $"the {snapshot.Chip.Name} has no block '{row.Block}'");
        if (!block.IsForUsers)
        {
            throw Wrong(row, UserFieldTableParser.BlockColumn, $"{block.Name} of the {snapshot.Chip.Name} belongs to the system; these are for applications: {string.Join(", ", snapshot.Chip.Efuse.Blocks.Where(free => free.IsForUsers).Select(free => free.Name))}");
        }

        int length = snapshot.GetBlockLength(block.Index);
        int start = row.Start ?? (above?.Block == block ? above.End : 0);
        if (row.Count is null && start != 0)
        {
            throw Wrong(row, UserFieldTableParser.StartColumn, "MAX_BLK_LEN is the whole block, which begins at bit 0");
        }

        UserFieldPiece piece = new(row, block, new EfuseBitRange(start, row.Count ?? length));
        return start < length && piece.Range.Count <= length - start
            ? piece
            : throw Wrong(row, start < length ? UserFieldTableParser.CountColumn : UserFieldTableParser.StartColumn, $"bit {start} and {piece.Range.Count} bits from there on are not in {block.Name}, which has {length}{(snapshot.CodingScheme == EfuseCodingScheme.ThreeQuarters ? " with this chip's 3/4 coding" : string.Empty)}");
    }

    // A field shares its bits with its parts; parts of one field may be names for the same bits, one within the other.
    private static bool MayShare(UserFieldPiece one, UserFieldPiece other)
    {
        string[] first = one.Row.Path.ToUpperInvariant().Split('.');
        string[] second = other.Row.Path.ToUpperInvariant().Split('.');
        int common = first.Zip(second, (a, b) => a == b).TakeWhile(same => same).Count();
        bool isFieldAndPart = first.Length != second.Length && (common == first.Length || common == second.Length);
        bool areParts = common > 0 && common < first.Length && common < second.Length;
        return isFieldAndPart || (areParts && (one.Holds(other) || other.Holds(one)));
    }

    private EfuseException Wrong(UserFieldRow row, string column, string rule) => UserFieldTableParser.Wrong(file, row.Line, column, rule);
}
