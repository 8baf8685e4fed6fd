using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.Partitions;

/// <summary>
/// Reads lines of <c>name, type, subtype, offset, size, flags</c>. An offset left out is the next free one; a negative
/// size ends at that address; the bootloader and the table itself have places and sizes that their lines need not name.
/// </summary>
internal sealed class PartitionCsvReader
{
    public const string EncryptedFlag = "encrypted";
    public const string ReadOnlyFlag = "readonly";

    private const int FieldCount = 6;
    private static readonly Regex s_variable = new(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))");

    private readonly PartitionTableOptions _options;
    private readonly PartitionNames _names;
    private readonly string? _source;
    private readonly List<string> _warnings = [];
    private int _line;
    private long _free;

    public PartitionCsvReader(PartitionTableOptions options, string? source)
    {
        _options = options;
        _names = new PartitionNames(options.ExtraSubTypes);
        _source = source;
        _free = (long)options.TableOffset + PartitionTableRules.TableSize;
    }

    public PartitionTable Read(byte[] bytes)
    {
        List<Partition> partitions = [];
        foreach (string raw in Decode(bytes).Split('\n'))
        {
            _line++;
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                partitions.Add(ReadLine(s_variable.Replace(line, Expand)));
            }
        }

        return new PartitionTable(partitions, _source) { Warnings = _warnings };
    }

    private string Decode(byte[] bytes)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw PartitionTable.Invalid(_source, "is no text in UTF-8.", "Save it as UTF-8, or with a byte order mark.");
        }
    }

    private string Expand(Match match)
    {
        string name = match.Groups["name"].Value;
        return _options.Environment(name) ?? throw Wrong($"names the variable '{name}', which is not set");
    }

    private Partition ReadLine(string line)
    {
        string[] fields = [.. line.Split(',').Select(field => field.Trim())];
        Array.Resize(ref fields, Math.Max(fields.Length, FieldCount));
        string name = fields[0];
        PartitionTableBinary.EnsureNameFits(name, _source);
        byte type = ReadType(fields[1] ?? string.Empty);
        byte subType = ReadSubType(type, fields[2] ?? string.Empty);
        (uint offset, uint size) = Place(type, subType, fields[3] ?? string.Empty, fields[4] ?? string.Empty);
        string[] flags = [.. (fields[5] ?? string.Empty).Split(':').Select(flag => flag.Trim()).Where(flag => flag.Length > 0)];
        if (flags.FirstOrDefault(flag => flag is not (EncryptedFlag or ReadOnlyFlag)) is { } unknown)
        {
            throw Wrong($"has the flag '{unknown}'; there are {EncryptedFlag} and {ReadOnlyFlag}");
        }

        WarnOfName(name, type, subType);
        return new Partition
        {
            Name = name,
            TypeNumber = type,
            SubTypeNumber = subType,
            Offset = offset,
            Size = size,
            Encrypted = flags.Contains(EncryptedFlag),
            ReadOnly = flags.Contains(ReadOnlyFlag),
        };
    }

    private byte ReadType(string text) => text.Length == 0
        ? throw Wrong("has no type")
        : _names.TypeNumber(text) ?? ReadByte(text, "type", string.Join(", ", _names.Types));

    private byte ReadSubType(byte type, string text)
    {
        if (text.Length == 0)
        {
            return type == PartitionNames.App ? throw Wrong("is an application without a subtype") : PartitionNames.DataUndefined;
        }

        string known = string.Join(", ", _names.SubTypes.Where(subType => subType.TypeNumber == type).Select(subType => subType.Name));
        return _names.SubTypeNumber(type, text) ?? ReadByte(text, "subtype", known);
    }

    private byte ReadByte(string text, string what, string known) =>
        PartitionNumber.TryParse(text, out long value) && value is >= byte.MinValue and <= byte.MaxValue
            ? (byte)value
            : throw Wrong($"has the {what} '{text}'; there {(known.Length == 0 ? "is" : $"are {known} and")} any number from 0 to 255");

    private (uint Offset, uint Size) Place(byte type, byte subType, string offsetText, string sizeText)
    {
        if (PartitionTableRules.HasFixedPlace(type, subType))
        {
            return (type == PartitionNames.Bootloader ? PrimaryBootloader() : _options.TableOffset, FixedSize(type));
        }

        long? given = (type, subType) == (PartitionNames.Bootloader, PartitionNames.Recovery)
            ? _options.RecoveryBootloaderOffset ?? throw Wrong("is the recovery bootloader, whose address is not known")
            : offsetText.Length == 0 ? null : ReadNumber(offsetText, "offset");
        if (given < _free)
        {
            throw Wrong($"begins at {Address(given.Value)}, below 0x{_free:X}, where what is before it ends");
        }

        uint alignment = PartitionTableRules.OffsetAlignment(type);
        long offset = given ?? ((_free + alignment - 1) / alignment * alignment);
        long size = type is PartitionNames.Bootloader or PartitionNames.PartitionTable ? FixedSize(type) : ReadSize(sizeText, offset);
        if (offset + size > 1L << 32)
        {
            throw Wrong($"ends at 0x{offset + size:X}, beyond 32 bits");
        }

        _free = offset + size;
        return ((uint)offset, (uint)size);
    }

    private uint FixedSize(byte type) =>
        type == PartitionNames.Bootloader ? _options.TableOffset - PrimaryBootloader() : PartitionTableRules.TableSize;

    private uint PrimaryBootloader()
    {
        uint offset = _options.PrimaryBootloaderOffset ?? throw Wrong("is a bootloader, and the address of the bootloader is not known");
        return offset < _options.TableOffset
            ? offset
            : throw Wrong($"is a bootloader at 0x{offset:X}; it must be below the table at 0x{_options.TableOffset:X}");
    }

    private long ReadSize(string text, long offset)
    {
        if (text.Length == 0)
        {
            throw Wrong("has no size");
        }

        long size = ReadNumber(text, "size");
        if (size >= 0)
        {
            return size;
        }

        return -size >= offset ? -size - offset : throw Wrong($"begins at 0x{offset:X}, behind 0x{-size:X}, where it is to end");
    }

    private long ReadNumber(string text, string what) =>
        PartitionNumber.TryParse(text, out long value) ? value : throw Wrong($"has the {what} '{text}', which is no number");

    private void WarnOfName(string name, byte type, byte subType)
    {
        bool isType = _names.TypeNumber(name) is { } typeOfName && typeOfName != type;
        bool isSubType = _names.SubTypes.Any(known => known.Name == name)
            && !_names.SubTypes.Any(known => known.Name == name && known.TypeNumber == type && known.Number == subType);
        if (isType || isSubType)
        {
            _warnings.Add($"The partition '{name}' has the name of a {(isType ? "type" : "subtype")} that is not its own.");
        }
    }

    private static string Address(long value) => value < 0 ? $"-0x{-value:X}" : $"0x{value:X}";

    private ImageException Wrong(string what) =>
        PartitionTable.Invalid(_source, $"has a line {_line} that {what}.", "Correct the line.");
}
