using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>
/// Makes partitions from rows. A missing offset is the next free one; a negative size ends at that address; the bootloader and
/// the table itself have places and sizes that their rows need not name.
/// </summary>
internal sealed class PartitionRowReader
{
    public const string EncryptedFlag = "encrypted";
    public const string ReadOnlyFlag = "readonly";

    private readonly PartitionTableOptions _options;
    private readonly PartitionNames _names;
    private readonly string? _source;
    private readonly List<string> _warnings = [];
    private string _place = string.Empty;
    private long _free;

    public PartitionRowReader(PartitionTableOptions options, string? source)
    {
        _options = options;
        _names = new PartitionNames(options.ExtraSubTypes);
        _source = source;
        _free = (long)options.TableOffset + PartitionRules.TableSize;
    }

    public PartitionTable Read(IEnumerable<PartitionRow> rows)
    {
        List<Partition> partitions = [];
        List<string> places = [];
        foreach (PartitionRow row in rows)
        {
            _place = row.Place;
            places.Add(row.Place);
            partitions.Add(row.Partition is { } complete ? Take(complete) : Read(row));
        }

        return new PartitionTable(partitions, _source) { Warnings = _warnings, Places = places };
    }

    private Partition Take(Partition complete)
    {
        _free = Math.Max(_free, complete.End);
        return complete;
    }

    private Partition Read(PartitionRow row)
    {
        PartitionTableBinary.EnsureNameFits(row.Name, _source, _place);
        byte type = ReadType(row.Type);
        byte subType = ReadSubType(type, row.SubType);
        (uint offset, uint size) = Place(type, subType, row.Offset, row.Size);
        string[] flags = [.. row.Flags.Split(':').Select(flag => flag.Trim()).Where(flag => flag.Length > 0)];
        if (flags.FirstOrDefault(flag => flag is not (EncryptedFlag or ReadOnlyFlag)) is { } unknown)
        {
            throw Wrong(PartitionColumn.Flags, $"'{unknown}' is no flag; there are {EncryptedFlag} and {ReadOnlyFlag}.");
        }

        WarnOfName(row.Name, type, subType);
        return new Partition
        {
            Name = row.Name,
            TypeNumber = type,
            SubTypeNumber = subType,
            Offset = offset,
            Size = size,
            Encrypted = flags.Contains(EncryptedFlag),
            ReadOnly = flags.Contains(ReadOnlyFlag),
        };
    }

    private byte ReadType(string text) => text.Length == 0
        ? throw Wrong(PartitionColumn.Type, "The type is missing; every partition has one.")
        : _names.TypeNumber(text) ?? ReadByte(text, PartitionColumn.Type, _names.Types);

    private byte ReadSubType(byte type, string text)
    {
        if (text.Length == 0)
        {
            return type == PartitionNames.App
                ? throw Wrong(PartitionColumn.SubType, "The subtype is missing; an application has one.")
                : PartitionNames.DataUndefined;
        }

        return _names.SubTypeNumber(type, text)
            ?? ReadByte(text, PartitionColumn.SubType, _names.SubTypes.Where(known => known.TypeNumber == type).Select(known => known.Name));
    }

    private byte ReadByte(string text, PartitionColumn column, IEnumerable<string> known)
    {
        if (PartitionNumber.TryParse(text, out long value) && value is >= byte.MinValue and <= byte.MaxValue)
        {
            return (byte)value;
        }

        string names = string.Join(", ", known);
        throw Wrong(column, $"There is no {column.ToString().ToLowerInvariant()} '{text}'; there {(names.Length == 0 ? "is" : $"are {names} and")} any number from 0 to 255.");
    }

    private (uint Offset, uint Size) Place(byte type, byte subType, string offsetText, string sizeText)
    {
        if (PartitionRules.HasFixedPlace(type, subType))
        {
            return (type == PartitionNames.Bootloader ? PrimaryBootloader() : _options.TableOffset, FixedSize(type));
        }

        long? given = (type, subType) == (PartitionNames.Bootloader, PartitionNames.Recovery)
            ? _options.RecoveryBootloaderOffset ?? throw Wrong(PartitionColumn.Offset, "The address of the recovery bootloader is not known.")
            : offsetText.Length == 0 ? null : ReadNumber(offsetText, PartitionColumn.Offset);
        if (given < _free)
        {
            throw Wrong(PartitionColumn.Offset, $"It begins at {Address(given.Value)}, below 0x{_free:X}, where what is before it ends; partitions do not overlap.");
        }

        uint alignment = PartitionRules.OffsetAlignment(type);
        long offset = given ?? ((_free + alignment - 1) / alignment * alignment);
        long size = type is PartitionNames.Bootloader or PartitionNames.PartitionTable ? FixedSize(type) : ReadSize(sizeText, offset);
        if (offset + size > 1L << 32)
        {
            throw Wrong(PartitionColumn.Size, $"It ends at 0x{offset + size:X}, beyond 32 bits.");
        }

        _free = offset + size;
        return ((uint)offset, (uint)size);
    }

    private uint FixedSize(byte type) =>
        type == PartitionNames.Bootloader ? _options.TableOffset - PrimaryBootloader() : PartitionRules.TableSize;

    private uint PrimaryBootloader()
    {
        uint offset = _options.PrimaryBootloaderOffset ?? throw Wrong(PartitionColumn.Offset, "The address of the bootloader is not known.");
        return offset < _options.TableOffset
            ? offset
            : throw Wrong(PartitionColumn.Offset, $"The bootloader begins at 0x{offset:X}; it must be below the table at 0x{_options.TableOffset:X}.");
    }

    private long ReadSize(string text, long offset)
    {
        if (text.Length == 0)
        {
            throw Wrong(PartitionColumn.Size, "The size is missing; every partition has one.");
        }

        long size = ReadNumber(text, PartitionColumn.Size);
        if (size >= 0)
        {
            return size;
        }

        return -size >= offset
            ? -size - offset
            : throw Wrong(PartitionColumn.Size, $"It begins at 0x{offset:X}, behind 0x{-size:X}, where it is to end.");
    }

    private long ReadNumber(string text, PartitionColumn column) => PartitionNumber.TryParse(text, out long value)
        ? value
        : throw Wrong(column, $"'{text}' is no number of 32 bits; there are decimal ones, 0x, 0o and 0b, with K (1024) or M behind them.");

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

    private InputException Wrong(PartitionColumn column, string what) => PartitionRules.Wrong(_source, _place, column, what);
}
