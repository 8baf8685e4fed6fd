using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>Makes chip fields from the rows of a user's table.</summary>
internal sealed class UserFieldBinder
{
    internal const string Category = "user";

    // Longer fields are byte fields when their length is a whole number of bytes, as in espefuse.
    private const int LongestNumber = 32;

    private readonly string _file;
    private readonly EfuseTable _own;
    private readonly IReadOnlyList<IReadOnlyList<UserFieldPiece>> _fields;

    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="snapshot">The chip.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseFieldTableInvalid"/></exception>
    public UserFieldBinder(string file, IEnumerable<UserFieldRow> rows, EfuseSnapshot snapshot)
    {
        _file = file;
        _own = snapshot.Chip.Efuse.GetTable(snapshot.Revision);
        _fields = Group(new UserFieldPlacer(file, snapshot, _own).Place(rows), piece => piece.Row);
    }

    public static IReadOnlyList<IReadOnlyList<UserFieldRow>> Group(IEnumerable<UserFieldRow> rows) => Group(rows, row => row);

    /// <summary>Name of one row of a field with several rows.</summary>
    public static string PieceName(string field, int index) => $"{field}_{index.ToString(CultureInfo.InvariantCulture)}";

    public static IEnumerable<int> Bits(EfuseField field) => field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count));

    /// <summary>The fields in the order of the file.</summary>
    public IReadOnlyList<EfuseField> Bind()
    {
        List<EfuseField> bound = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (IReadOnlyList<UserFieldPiece> pieces in _fields)
        {
            RequireInParents(pieces);
            foreach (EfuseField field in Create(pieces))
            {
                if (field.Aliases.Prepend(field.Name).FirstOrDefault(name => _own.Find(name) is not null || !names.Add(name)) is { } taken)
                {
                    throw Wrong(pieces[0].Row, _own.Find(taken) is { } chips ? $"the chip has a field {taken} of its own{(chips.Name == taken ? string.Empty : ", which is " + chips.Name)}" : $"the name {taken} is there twice");
                }

                bound.Add(field);
            }
        }

        return bound;
    }

    private static IReadOnlyList<IReadOnlyList<T>> Group<T>(IEnumerable<T> items, Func<T, UserFieldRow> rowOf)
    {
        List<List<T>> groups = [];
        foreach (T item in items)
        {
            if (!rowOf(item).IsContinued)
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(item);
        }

        return groups;
    }

    // A field with rows in several blocks has no number: only its rows exist.
    private static IEnumerable<EfuseField> Create(IReadOnlyList<UserFieldPiece> pieces)
    {
        UserFieldRow first = pieces[0].Row;
        if (pieces.All(piece => piece.Block == pieces[0].Block))
        {
            yield return Create(first.Name, [.. pieces.SelectMany(piece => piece.Row.Aliases).Distinct()], first.Comment, pieces);
        }

        for (int i = 0; pieces.Count > 1 && i < pieces.Count; i++)
        {
            UserFieldRow row = pieces[i].Row;
            yield return Create(PieceName(row.Name, i), [.. row.Aliases.Select(alias => PieceName(alias, i))], row.Comment, [pieces[i]]);
        }
    }

    private static EfuseField Create(string name, IReadOnlyList<string> aliases, string comment, IReadOnlyList<UserFieldPiece> pieces)
    {
        EfuseBlockFacts block = pieces[0].Block;
        int bits = pieces.Sum(piece => piece.Range.Count);
        int half = block.Words * 16;
        int? lower = pieces.Any(piece => piece.Range.Start < half) || block.UpperHalfReadDisableBit is null ? block.ReadDisableBit : null;
        int? upper = pieces.Any(piece => piece.End > half) ? block.UpperHalfReadDisableBit : null;
        return new EfuseField
        {
            Name = name,
            Aliases = aliases,
            Block = block.Index,
            Ranges = [.. pieces.Select(piece => piece.Range)],
            IsWholeBlock = pieces[0].Row.Count is null,
            Type = bits == 1 ? EfuseFieldType.Bool
                : (bits > LongestNumber && bits % 8 == 0) || bits > 64 ? EfuseFieldType.Bytes
                : EfuseFieldType.UInt,
            Category = Category,
            WriteDisableBit = block.WriteDisableBit,
            ReadDisableBits = [.. new[] { lower, upper }.OfType<int>()],
            Description = comment,
        };
    }

    // A.B.C is a part of A.B and of A, which must be in this table or be fields of the chip.
    private void RequireInParents(IReadOnlyList<UserFieldPiece> pieces)
    {
        UserFieldRow row = pieces[0].Row;
        for (int dot = row.Path.LastIndexOf('.'); dot > 0; dot = row.Path.LastIndexOf('.', dot - 1))
        {
            string path = row.Path.Substring(0, dot);
            IReadOnlyList<UserFieldPiece>? parent = _fields.FirstOrDefault(field => string.Equals(field[0].Row.Path, path, StringComparison.OrdinalIgnoreCase));
            EfuseField? chips = _own.Find(UserFieldRow.ToName(path));
            if (parent is null && chips is null)
            {
                throw Wrong(row, $"{row.Path} is a part of {path}, which is neither in this table nor a field of the chip");
            }

            if (pieces.FirstOrDefault(piece => parent is not null
                ? !piece.IsIn(piece.Block.Index, parent.Where(whole => whole.Block == piece.Block).SelectMany(whole => Enumerable.Range(whole.Range.Start, whole.Range.Count)))
                : !piece.IsIn(chips!.Block, Bits(chips))) is { } outside)
            {
                throw UserFieldTableParser.Wrong(_file, outside.Row.Line, UserFieldTableParser.StartColumn, $"{outside.Bits} of {row.Path} are not all in {path}");
            }
        }
    }

    private EfuseException Wrong(UserFieldRow row, string rule) => UserFieldTableParser.Wrong(_file, row.Line, UserFieldTableParser.NameColumn, rule);
}
