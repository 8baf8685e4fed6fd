using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips.Tables;

/// <summary>
/// Parses the eFuse tables in <c>Chips/Tables</c>. Line by line:
/// <code>
/// # text                  a comment; blank lines are ignored
/// [block 4]               the fields that follow are in hardware block 4
/// name | bits | type | category | wr | rd | options | description
///     = 3 text            a meaning of the field above: the number 3 is shown as "text"
/// </code>
/// <list type="bullet">
/// <item><c>bits</c>: <c>7</c>, <c>4..7</c>, or several with commas, lowest bits of the value first; <c>block</c> for the whole block.</item>
/// <item><c>type</c>: <c>bool</c> (one bit), <c>uint</c> (to 64 bits), <c>bytes</c> (a multiple of 8 bits).</item>
/// <item><c>wr</c>: bit of WR_DIS that locks the field; <c>rd</c>: bit of RD_DIS that hides it, several with commas; <c>-</c> for none.</item>
/// <item><c>options</c>, separated by blanks, <c>-</c> for none:
/// <c>mac</c>, <c>custom-mac</c>, <c>purpose:BLOCK</c> (of the key in that block), <c>pad</c>, <c>vref</c>, <c>adc:OFFSET</c>, <c>temperature</c>, <c>signed4</c>, <c>major-revision</c> (see <see cref="EfuseDisplay"/>);
/// <c>crc:FIELD</c>; <c>unit:UNIT</c>; <c>high:FIELD</c> (has the bits above); <c>not-with:FIELD</c> (never both set); <c>counter</c> (implied by a role that counts); <c>calculated</c>; <c>fixed</c>; <c>late</c>, <c>closing</c>, <c>last</c> (see <see cref="EfuseBurnPhase"/>);
/// <c>if:FIELD</c> or <c>if:block-version>=N</c> (shown only then); <c>rev:FIRST-LAST</c>, either end may be left out; <c>role:WORD</c> (for lookup by code, see <see cref="EfuseRole"/>); <c>aka:NAME,NAME</c>.</item>
/// </list>
/// </summary>
internal sealed class EfuseTableParser
{
    private static readonly HashSet<string> s_categories = new(StringComparer.Ordinal)
    {
        "MAC", "config", "identity", "security", "flash", "spi pad", "usb", "jtag", "wdt", "vdd", "calibration",
    };

    private readonly string _file;
    private readonly IReadOnlyList<int> _blockWords;
    private readonly List<EfuseField> _fields = [];
    private int _block = -1;
    private Dictionary<uint, string>? _meanings;
    private int _line;

    private EfuseTableParser(string file, IReadOnlyList<int> blockWords)
    {
        _file = file;
        _blockWords = blockWords;
    }

    /// <summary>Parses a table.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="blockWords">Number of words of each block of the chip, by its number in hardware.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.ValueInvalid"/>: names the line and the rule it breaks.</exception>
    public static IReadOnlyList<EfuseField> Parse(TextReader reader, string file, IReadOnlyList<int> blockWords)
    {
        EfuseTableParser parser = new(file, blockWords);
        while (reader.ReadLine() is { } line)
        {
            parser._line++;
            parser.ReadLine(line.Trim());
        }

        return parser._fields;
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        switch (line[0])
        {
            case '[':
                ReadBlock(line);
                break;
            case '=':
                ReadMeaning(line.Substring(1).TrimStart());
                break;
            default:
                ReadField(line);
                break;
        }
    }

    private void ReadBlock(string line)
    {
        const string Head = "[block ";
        if (!line.StartsWith(Head, StringComparison.Ordinal) || !line.EndsWith("]", StringComparison.Ordinal)
            || (_block = Number(line.Substring(Head.Length, line.Length - Head.Length - 1), "a block is written [block N]")) >= _blockWords.Count)
        {
            throw Wrong($"'{line}' names no block of this chip; a block is written [block N]");
        }
    }

    private void ReadMeaning(string text)
    {
        int blank = text.IndexOf(' ');
        if (_meanings is null || blank < 1)
        {
            throw Wrong("a meaning is written '= number text' and follows a field");
        }

        _meanings[(uint)Number(text.Substring(0, blank), "a meaning starts with its number")] = text.Substring(blank + 1).Trim();
    }

    private void ReadField(string line)
    {
        string[] columns = [.. line.Split(['|'], 8).Select(column => column.Trim())];
        if (_block < 0)
        {
            throw Wrong("a field needs a [block N] line above it");
        }

        if (columns.Length != 8)
        {
            throw Wrong("a field has eight columns: name, bits, type, category, wr, rd, options, description");
        }

        string name = columns[0];
        if (_fields.Any(field => field.Name == name && columns[6].IndexOf("rev:", StringComparison.Ordinal) < 0))
        {
            throw Wrong($"'{name}' is there twice; only fields with rev: may share a name");
        }

        if (!s_categories.Contains(columns[3]))
        {
            throw Wrong($"'{columns[3]}' is no category");
        }

        bool whole = columns[1] == "block";
        IReadOnlyList<EfuseBitRange> ranges = whole ? [new EfuseBitRange(0, _blockWords[_block] * 32)] : [.. columns[1].Split(',').Select(ReadRange)];
        EfuseTableOptions options = new(columns[6], Wrong);
        _meanings = [];
        _fields.Add(new EfuseField
        {
            Name = name,
            Aliases = options.Aliases,
            Block = _block,
            Ranges = ranges,
            IsWholeBlock = whole,
            Type = ReadType(columns[2], ranges.Sum(range => range.Count)),
            Category = columns[3],
            WriteDisableBit = columns[4] == "-" ? null : Number(columns[4], "wr is a bit of WR_DIS or -"),
            ReadDisableBits = columns[5] == "-" ? [] : [.. columns[5].Split(',').Select(bit => Number(bit, "rd is a list of bits of RD_DIS or -"))],
            Display = options.Display,
            AdcOffset = options.AdcOffset,
            Unit = options.Unit,
            CrcField = options.CrcField,
            HighField = options.HighField,
            NotWith = options.NotWith,
            Meanings = _meanings,
            MinBlockVersion = options.MinBlockVersion,
            RequiredField = options.RequiredField,
            MinRevision = options.MinRevision,
            MaxRevision = options.MaxRevision,
            IsCounter = options.IsCounter || options.Role is EfuseRole.EncryptionCount or EfuseRole.SoftJtagDisable,
            IsCalculated = options.IsCalculated,
            IsFixed = options.IsFixed,
            Phase = options.Phase,
            Role = options.Role,
            PurposeOfBlock = options.PurposeOfBlock,
            Description = columns[7].Length > 0 ? columns[7] : throw Wrong("a field needs a description"),
        });
    }

    private EfuseFieldType ReadType(string text, int bits) => text switch
    {
        "bool" when bits == 1 => EfuseFieldType.Bool,
        "uint" when bits <= 64 => EfuseFieldType.UInt,
        "bytes" when bits % 8 == 0 => EfuseFieldType.Bytes,
        _ => throw Wrong($"type '{text}' does not go with {bits} bits: bool has 1, uint up to 64, bytes a multiple of 8"),
    };

    private EfuseBitRange ReadRange(string text)
    {
        const string Rule = "bits are written 7 or 4..7, several with commas";
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        int first = Number(dots < 0 ? text : text.Substring(0, dots), Rule);
        int last = dots < 0 ? first : Number(text.Substring(dots + 2), Rule);
        if (last < first || last >= _blockWords[_block] * 32)
        {
            throw Wrong($"bits {text} are not in block {_block}, which has {_blockWords[_block] * 32}");
        }

        return new EfuseBitRange(first, last - first + 1);
    }

    private int Number(string text, string rule) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Wrong($"'{text}' is no number; {rule}");

    private EfuseException Wrong(string rule) => new(ErrorCode.ValueInvalid, $"{_file}, line {_line}: {rule}.") { Target = _file };
}
