using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.UserTable;

/// <summary>Reads the rows of a <see cref="UserFieldTable"/>, and checks them as far as possible without a chip.</summary>
internal sealed class UserFieldTableParser
{
    public const string NameColumn = "field_name";
    public const string BlockColumn = "efuse_block";
    public const string StartColumn = "bit_start";
    public const string CountColumn = "bit_count";
    public const string CommentColumn = "comment";

    private const string WholeBlock = "MAX_BLK_LEN";

    private static readonly Regex s_pathPattern = new(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$", RegexOptions.CultureInvariant);

    private readonly string _file;
    private readonly List<UserFieldRow> _rows = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _line;

    private UserFieldTableParser(string file) => _file = file;

    public static IReadOnlyList<UserFieldRow> Parse(TextReader reader, string file)
    {
        UserFieldTableParser parser = new(file);
        while (reader.ReadLine() is { } line)
        {
            parser._line++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                parser._rows.Add(parser.ReadRow(text));
            }
        }

        return parser._rows.Count > 0 ? parser._rows : throw Wrong(file, 1, NameColumn, "the table has no field");
    }

    /// <summary>The exception for a broken rule.</summary>
    public static EfuseException Wrong(string file, int line, string column, string rule) => new(
        ErrorCode.EfuseFieldTableInvalid,
        $"{file}, line {line}, column {column}: {rule}.",
        "Correct the table: each row is field_name, efuse_block, bit_start, bit_count, comment.")
    { Target = file };

    private UserFieldRow ReadRow(string text)
    {
        string[] columns = [.. text.Split([','], 5).Select(column => column.Trim())];
        string Column(int index) => index < columns.Length ? columns[index] : string.Empty;

        bool continued = columns[0].Length == 0;
        string path = continued
            ? _rows.LastOrDefault()?.Path ?? throw Wrong(NameColumn, "the first row needs a name: an empty one goes on with the field above")
            : columns[0];
        if (!s_pathPattern.IsMatch(path))
        {
            throw Wrong(NameColumn, $"'{path}' is no name: letters, digits and underscores, with dots between a field and its parts");
        }

        (IReadOnlyList<string> aliases, string comment) = ReadComment(Column(4), UserFieldRow.ToName(path));
        if (!continued)
        {
            Claim(UserFieldRow.ToName(path), NameColumn);
        }

        // The rows of one field may all repeat its second name.
        foreach (string alias in aliases.Where(alias => !continued || !_rows.Any(row => row.Path == path && row.Aliases.Contains(alias))))
        {
            Claim(alias, CommentColumn);
        }

        return new UserFieldRow
        {
            Line = _line,
            Path = path,
            IsContinued = continued,
            Aliases = aliases,
            Block = Column(1).Length > 0 ? Column(1) : throw Wrong(BlockColumn, "a row needs a block, such as EFUSE_BLK3"),
            Start = Column(2).Length == 0 ? null : Number(Column(2), StartColumn),
            Count = ReadCount(Column(3)),
            Comment = comment.Length > 0 ? comment : path,
        };
    }

    private int? ReadCount(string text)
    {
        int? count = text == WholeBlock ? null
            : text.Length > 0 ? Number(text, CountColumn)
            : throw Wrong(CountColumn, $"a row needs its number of bits, or {WholeBlock}");
        return count != 0 ? count : throw Wrong(CountColumn, "a field has at least one bit");
    }

    // "[NAME ANOTHER] text". The vendor's own table repeats a field's name there, which is no second name.
    private static (IReadOnlyList<string> Aliases, string Comment) ReadComment(string text, string name)
    {
        int end = text.StartsWith("[", StringComparison.Ordinal) ? text.IndexOf(']') : -1;
        return end < 0
            ? ([], text)
            : ([.. text.Substring(1, end - 1).Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(UserFieldRow.ToName)
                .Except([name], StringComparer.OrdinalIgnoreCase)], text.Substring(end + 1).Trim());
    }

    private void Claim(string name, string column)
    {
        if (_names.TryGetValue(name, out int line))
        {
            throw Wrong(column, $"the name {name} is in line {line} already");
        }

        _names[name] = _line;
    }

    private int Number(string text, string column)
    {
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(hex ? text.Substring(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 0
            ? number
            : throw Wrong(column, $"'{text}' is no number of bits");
    }

    private EfuseException Wrong(string column, string rule) => Wrong(_file, _line, column, rule);
}
