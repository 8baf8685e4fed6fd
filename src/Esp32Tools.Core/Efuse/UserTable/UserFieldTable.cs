using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>
/// User-defined fields in the free blocks, as in ESP-IDF's <c>esp_efuse_custom_table.csv</c>. It is independent of a chip: <see
/// cref="AddTo"/> checks it against one. Source: ESP-IDF Programming Guide, "eFuse Manager".
/// <code>
/// # field_name,      efuse_block,  bit_start,  bit_count,  comment
/// SERIAL,            EFUSE_BLK3,   56,         32,         [UNIT_ID] a second name in brackets
/// SERIAL.YEAR,       EFUSE_BLK3,   56,         8,          a part of SERIAL, with the name SERIAL_YEAR
/// RATING,            EFUSE_BLK3,   ,           4,          begins after the row above
/// ,                  EFUSE_BLK3,   100,        4,          more bits of RATING
/// SECRET,            EFUSE_BLK_KEY5, 0,        MAX_BLK_LEN, a whole block
/// </code>
/// A field of several rows exists as a whole, first row lowest, and row by row as <c>RATING_0</c>, <c>RATING_1</c>, as in espefuse.
/// </summary>
public sealed class UserFieldTable
{
    private readonly IReadOnlyList<UserFieldRow> _rows;

    private UserFieldTable(string file, IReadOnlyList<UserFieldRow> rows)
    {
        File = file;
        _rows = rows;
    }

    /// <summary>Name of the file, for messages.</summary>
    public string File { get; }

    /// <summary>
    /// Names of the fields, and of the rows of fields with several rows, in the order of the file, each with its comment.
    /// </summary>
    public KeyValuePair<string, string>[] Names => [.. UserFieldBinder.Group(_rows).SelectMany(Name)];

    /// <summary>Reads a table.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseFieldTableInvalid"/>: names the line, the column and the rule it breaks.</exception>
    public static UserFieldTable Parse(TextReader reader, string file) => new(file, UserFieldTableParser.Parse(reader, file));

    /// <summary>
    /// Warnings about bits that the chip itself uses, a sentence each: harmless unless that use is needed, such as a custom MAC
    /// address.
    /// </summary>
    /// <param name="snapshot">The chip, with or without these fields.</param>
    /// <param name="names">Names of the fields that matter, as the fields spell them; null for all.</param>
    public IReadOnlyList<string> DescribeShared(EfuseSnapshot snapshot, IReadOnlyCollection<string>? names = null)
    {
        if (snapshot is null)
        {
            throw new ArgumentNullException(nameof(snapshot));
        }

        EfuseField[] own = [.. snapshot.Chip.Efuse.GetTable(snapshot.Revision).Fields.Where(field => IsNarrow(field) && snapshot.IsVisible(field))];
        return [.. from mine in new UserFieldBinder(File, _rows, snapshot).Bind()
                   from theirs in own
                   where names?.Contains(mine.Name) != false && mine.Block == theirs.Block && UserFieldBinder.Bits(mine).Intersect(UserFieldBinder.Bits(theirs)).Any()
                   select $"{mine.Name} has bits of {theirs.Name}: {theirs.Description}."];
    }

    /// <summary>The chip with these fields after its own.</summary>
    /// <param name="snapshot">The chip.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseFieldTableInvalid"/>: the table does not fit this chip.</exception>
    public EfuseSnapshot AddTo(EfuseSnapshot snapshot) =>
        (snapshot ?? throw new ArgumentNullException(nameof(snapshot))).With(new UserFieldBinder(File, _rows, snapshot).Bind());

    // A field for a whole block, or half of one, may contain other fields.
    private static bool IsNarrow(EfuseField field) => !field.IsCalculated && (field.Type != EfuseFieldType.Bytes || field.Display != EfuseDisplay.Plain);

    private static IEnumerable<KeyValuePair<string, string>> Name(IReadOnlyList<UserFieldRow> rows)
    {
        yield return new(rows[0].Name, rows[0].Comment);
        for (int i = 0; rows.Count > 1 && i < rows.Count; i++)
        {
            yield return new(UserFieldBinder.PieceName(rows[i].Name, i), rows[i].Comment);
        }
    }
}
