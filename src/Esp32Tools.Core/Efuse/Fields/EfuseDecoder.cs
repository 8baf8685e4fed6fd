using System;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Efuse.Coding;

namespace Esp32Tools.Efuse.Fields;

/// <summary>Converts the bits of a field into a value (efuse-tables.md, section 5).</summary>
internal sealed class EfuseDecoder
{
    private readonly EfuseSnapshot _snapshot;

    public EfuseDecoder(EfuseSnapshot snapshot) => _snapshot = snapshot;

    public Esp32Efuse Decode(EfuseField field)
    {
        int length = _snapshot.GetBitLength(field);
        byte[] bytes = field.Display == EfuseDisplay.MajorRevision ? [(byte)(_snapshot.Revision / 100)] : _snapshot.GetBytes(field);
        bool readable = _snapshot.IsReadable(field);
        bool[] hidden = FindHidden(field, bytes);
        ulong? number = length <= 64 ? EfuseBits.ToNumber(bytes) : null;
        (object? value, string text, string? meaning) = hidden.Contains(true) ? Hide(field, bytes, hidden) : Interpret(field, length, bytes, number ?? 0);
        return new Esp32Efuse
        {
            Name = field.Name,
            Value = value,
            Text = text,
            Meaning = meaning,
            Unit = field.Unit ?? UnitOf(field.Display),
            Version = FindVersion(field),
            IsIntact = IsMac(field) && !hidden.Contains(true) ? FindIntact(field, bytes) : null,
            Purpose = FindPurpose(field),
            IsPurposeWritable = field.IsWholeBlock && _snapshot.Table.FindPurposeOf(field.Block) is { } purpose ? _snapshot.IsWritable(purpose) : null,
            Number = number,
            RawValue = "0x" + (field.Type == EfuseFieldType.Bytes ? Hex.Encode(bytes) : number!.Value.ToString("x" + ((length + 3) / 4), CultureInfo.InvariantCulture)),
            Block = field.IsCalculated && field.Type != EfuseFieldType.Bytes ? 0 : field.Block,
            Word = field.IsCalculated ? null : field.Ranges[0].Start / 32,
            Bit = field.IsCalculated ? null : field.Ranges[0].Start % 32,
            BitLength = length,
            Type = EfuseField.DescribeType(field.Type, length),
            Category = field.Category,
            Description = field.Description,
            Readable = readable,
            Writable = _snapshot.IsWritable(field),
            IsCalculated = field.IsCalculated,
        };
    }

    private static string? UnitOf(EfuseDisplay display) => display switch
    {
        EfuseDisplay.ReferenceVoltage => "mV",
        EfuseDisplay.Temperature => "\u00B0C",
        EfuseDisplay.AdcPoint => "LSB",
        _ => null,
    };

    private string? FindVersion(EfuseField field)
    {
        int? number = field.Role switch
        {
            EfuseRole.MajorRevision or EfuseRole.MinorRevision => _snapshot.Revision,
            EfuseRole.BlockVersionMajor or EfuseRole.BlockVersionMinor => (int)_snapshot.BlockVersion,
            _ => null,
        };
        return number is { } version ? FormattableString.Invariant($"{version / 100}.{version % 100}") : null;
    }

    // Half of a block has the use of that half.
    private string? FindPurpose(EfuseField field)
    {
        EfuseBlockFacts block = _snapshot.Chip.Efuse.Blocks[field.Block];
        if (field.Type != EfuseFieldType.Bytes || field.Display != EfuseDisplay.Plain || field.IsCalculated)
        {
            return null;
        }

        int length = _snapshot.GetBlockLength(block.Index);
        string[] purposes = [.. KeyBlockUse.Find(_snapshot, block).Where(use => field.IsWholeBlock || IsSlot(field, new KeyWords(block, length, use.Part))).Select(use => use.Purpose)];
        return purposes.Length > 0 ? string.Join(" + ", purposes) : null;
    }

    private static bool IsSlot(EfuseField field, KeyWords slot) =>
        field.Ranges.Count == 1 && field.Ranges[0] == new EfuseBitRange(32 * slot.FirstWord, 32 * slot.WordCount);

    // Each bit of RD_DIS hides its share of the bytes. Hidden bytes read as zero; other values were read before.
    private bool[] FindHidden(EfuseField field, byte[] bytes)
    {
        bool[] hidden = new bool[bytes.Length];
        int parts = field.ReadDisableBits.Count;
        for (int part = 0; part < parts; part++)
        {
            int start = bytes.Length * part / parts;
            int count = (bytes.Length * (part + 1) / parts) - start;
            bool isHidden = _snapshot.IsReadDisabled(field.ReadDisableBits[part]) && bytes.Skip(start).Take(count).All(octet => octet == 0);
            for (int i = start; i < start + count; i++)
            {
                hidden[i] = isHidden;
            }
        }

        return hidden;
    }

    private static (object? Value, string Text, string? Meaning) Hide(EfuseField field, byte[] bytes, bool[] hidden) =>
        (null, field.Type == EfuseFieldType.Bytes ? string.Join(IsMac(field) ? ":" : " ", bytes.Select((octet, i) => hidden[i] ? "??" : Octet(octet))) : "?", null);

    private (object? Value, string Text, string? Meaning) Interpret(EfuseField field, int length, byte[] bytes, ulong number)
    {
        if (field.Meanings.TryGetValue((uint)number, out string meaning))
        {
            return (meaning, meaning, meaning);
        }

        switch (field.Display)
        {
            case EfuseDisplay.FactoryMac:
                return DescribeMac(field, [.. bytes.Reverse()]);
            case EfuseDisplay.CustomMac:
                return DescribeMac(field, bytes);
            case EfuseDisplay.KeyPurpose:
                string purpose = KeyPurposeLookup.Find(_snapshot.Chip, _snapshot.GetWholeNumber(field))?.Name ?? KeyPurposeLookup.Forbidden;
                return (purpose, purpose, purpose);
            case EfuseDisplay.Pad:
                return Plain(EfusePad.ToPin(number));
            case EfuseDisplay.ReferenceVoltage:
                return Plain(1100 + (7 * SignAndMagnitude(number, length)));
            case EfuseDisplay.AdcPoint:
                return Plain(field.AdcOffset + (4 * TwosComplement(number, length)));
            case EfuseDisplay.Temperature:
                return Plain(SignAndMagnitude(number, length) / 10.0);
            case EfuseDisplay.SignedTimesFour:
                return Plain(4 * SignAndMagnitude(number, length));
            default:
                return field.Type switch
                {
                    EfuseFieldType.Bool => Plain(number != 0),
                    EfuseFieldType.UInt => Plain(number),
                    _ => (bytes, string.Join(" ", bytes.Select(Octet)), null),
                };
        }
    }

    private (object? Value, string Text, string? Meaning) DescribeMac(EfuseField field, byte[] octets)
    {
        string address = string.Join(":", octets.Select(Octet));
        string note = field.CrcField is { } crcField ? DescribeCrc(crcField, octets) : DescribeErrors(field.Block);
        note = IsMissing(field, octets) && note.EndsWith("OK", StringComparison.Ordinal) ? "no address" : note;
        return (address, $"{address} ({note})", note);
    }

    // The check value of zeros is zero, so a line that brings nothing but zeros would look intact. A custom address may be zeros.
    private static bool IsMissing(EfuseField field, byte[] octets) =>
        field.Display == EfuseDisplay.FactoryMac && octets.Length >= 6 && octets.All(octet => octet == 0);

    private bool FindIntact(EfuseField field, byte[] bytes) =>
        !IsMissing(field, bytes) && IsChecked(field, field.Display == EfuseDisplay.FactoryMac ? [.. bytes.Reverse()] : bytes);

    private bool IsChecked(EfuseField field, byte[] octets) => field.CrcField is { } crcField
        ? _snapshot.GetNumber(crcField) == MacCrc.Compute(octets)
        : !_snapshot.GetBlockStatuses().First(status => status.Block == field.Block).Failed;

    private string DescribeCrc(string crcField, byte[] octets)
    {
        byte stored = (byte)_snapshot.GetNumber(crcField);
        byte computed = MacCrc.Compute(octets);
        return stored == computed ? $"CRC 0x{Octet(stored)} OK" : $"CRC 0x{Octet(stored)} invalid - calculated 0x{Octet(computed)}";
    }

    private string DescribeErrors(int block)
    {
        EfuseBlockStatus status = _snapshot.GetBlockStatuses().First(candidate => candidate.Block == block);
        return status.IsClean ? "OK"
            : status.Failed ? $"block {block} is damaged"
            : $"block {block} has {status.Errors} corrected errors";
    }

    private static (object? Value, string Text, string? Meaning) Plain(ulong number)
    {
        object value = number <= int.MaxValue ? (int)number : number <= uint.MaxValue ? (uint)number : number;
        return (value, number.ToString(CultureInfo.InvariantCulture), null);
    }

    private static (object? Value, string Text, string? Meaning) Plain(IFormattable value) =>
        (value, value.ToString(null, CultureInfo.InvariantCulture), null);

    private static (object? Value, string Text, string? Meaning) Plain(bool value) => (value, value ? "True" : "False", null);

    private static bool IsMac(EfuseField field) => field.Display is EfuseDisplay.FactoryMac or EfuseDisplay.CustomMac;

    private static string Octet(byte octet) => octet.ToString("x2", CultureInfo.InvariantCulture);

    // The top bit is the sign, the rest the magnitude.
    private static int SignAndMagnitude(ulong number, int length)
    {
        int magnitude = (int)(number & ((1UL << (length - 1)) - 1));
        return (number >> (length - 1) & 1) != 0 ? -magnitude : magnitude;
    }

    private static int TwosComplement(ulong number, int length) =>
        (int)number - ((number >> (length - 1) & 1) != 0 ? 1 << length : 0);
}
