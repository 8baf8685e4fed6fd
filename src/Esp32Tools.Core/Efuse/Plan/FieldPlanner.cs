using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Plans values of fields, and combinations of fields: custom MAC address and flash voltage.</summary>
internal sealed class FieldPlanner
{
    private readonly EfuseBurnQueue _queue;
    private readonly EfuseSnapshot _snapshot;

    public FieldPlanner(EfuseBurnQueue queue)
    {
        _queue = queue;
        _snapshot = queue.Snapshot;
    }

    public void Plan(EfuseValueRequest request)
    {
        EfuseField field = _snapshot.Table.Get(request.Field);
        if (field.IsFixed || field.IsCalculated)
        {
            throw new EfuseException(
                ErrorCode.EfuseValueInvalid,
                field.IsCalculated ? $"{field.Name} is calculated from other fields and cannot be burned." : $"{field.Name} is not burned on its own.",
                field.Display == EfuseDisplay.CustomMac || field.Category == "MAC"
                    ? "Burn a custom MAC address as a whole, with its CRC and version."
                    : "Such fields are burned in the factory.")
            { Target = field.Name };
        }

        byte[] value = new EfuseValueParser(_snapshot, field).Parse(request.Value);
        try
        {
            RequirePurposeFits(field, value);
            if (request.Value is null)
            {
                EncryptionChecks.CheckLastBit(_queue, field, EfuseBits.ToNumber(value));
            }

            Set(field, value, "As requested", canMix: true);
        }
        finally
        {
            Array.Clear(value, 0, value.Length);
        }
    }

    public void Plan(EfuseMacRequest request)
    {
        EfuseField field = _snapshot.Table.Get(EfuseRole.CustomMac);
        byte[] octets = new EfuseValueParser(_snapshot, field).ParseMac(request.Address);

        // ESP32: efuse-rules.md, section 6. The version of another layout means that the block has another use.
        if (_snapshot.Table.Find(EfuseRole.CustomMacVersion) is { } version)
        {
            if (_snapshot.GetNumber(version) > 1)
            {
                throw new EfuseException(ErrorCode.EfuseAlreadyBurned, $"{version.Name} is {_snapshot.GetNumber(version)}: the block holds no MAC address of the known layout.") { Target = version.Name };
            }

            Set(version, [1], "Layout of the custom address");
        }

        if (field.CrcField is { } crc)
        {
            Set(_snapshot.Table.Get(crc), [MacCrc.Compute(octets)], "CRC of the custom address");
        }

        if (_snapshot.Table.Find(EfuseRole.CustomMacUsed) is { } used)
        {
            Set(used, [1], "Says that there is a custom address");
        }

        Set(field, octets, "As requested");
    }

    public void Plan(EfuseVoltageRequest request)
    {
        if (_snapshot.Table.Find(EfuseRole.FlashSupplyForce) is not { } force)
        {
            throw new EfuseException(ErrorCode.ChipUnsupported, $"The {_queue.Chip.Name} has no eFuses for the flash voltage.") { Target = _queue.Chip.Name };
        }

        EfuseField on = _snapshot.Table.Get(EfuseRole.FlashSupplyOn);
        EfuseField high = _snapshot.Table.Get(EfuseRole.FlashSupplyHigh);

        // Bits with another meaning cannot be cleared (efuse-rules.md, section 6).
        EfuseField? contrary = request.Voltage switch
        {
            EfuseFlashVoltage.Off when _queue.NumberAfter(on) != 0 => on,
            EfuseFlashVoltage.Off or EfuseFlashVoltage.V1_8 when _queue.NumberAfter(high) != 0 => high,
            _ => null,
        };
        if (contrary is not null)
        {
            throw new EfuseException(ErrorCode.EfuseAlreadyBurned, $"{contrary.Name} is set already, which stands against this flash voltage.", "Bits cannot be cleared.") { Target = contrary.Name };
        }

        Set(force, [1], "The eFuses decide on the flash voltage");
        if (request.Voltage != EfuseFlashVoltage.Off)
        {
            Set(on, [1], "The regulator is on");
        }

        if (request.Voltage == EfuseFlashVoltage.V3_3)
        {
            Set(high, [1], "3.3 V");
        }
    }

    /// <summary>Queues a value for a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its bits, as little-endian bytes.</param>
    /// <param name="reason">The reason, for display.</param>
    /// <param name="canMix">
    /// True when the combination of set bits and new bits can be intended. A mix of two addresses, with a mix of two CRCs, is
    /// useless.
    /// </param>
    public void Set(EfuseField field, byte[] value, string reason, bool canMix = false)
    {
        EfuseBlockFacts block = _queue.Chip.Efuse.Blocks[field.Block];
        uint[] bits = EfuseBits.Spread(value, _snapshot.Table.GetWholeRanges(field), block.Words);
        bool done = _queue.IsSetAlready(field.Block, bits);
        if (!done)
        {
            _queue.RequireBurnable(field.Name, _snapshot.IsWritable(field), _snapshot.IsReadable(field));
        }

        bool isMixed = RequireNoneLost(field, bits, canMix);
        _queue.Add(block, bits, _snapshot.GetWholeBitLength(field), field.Name, Describe(field, value, done), reason, IsMask(field), isMixed);
        Array.Clear(bits, 0, bits.Length);
    }

    // Protection masks are sets of bits; every other field is a value, and a value merged with older bits is a different one.
    // True when such a mix was allowed.
    private bool RequireNoneLost(EfuseField field, uint[] bits, bool canMix)
    {
        if (IsMask(field))
        {
            return false;
        }

        IReadOnlyList<EfuseBitRange> ranges = _snapshot.Table.GetWholeRanges(field);
        int length = _snapshot.GetWholeBitLength(field);
        byte[] wanted = EfuseBits.Gather(bits, ranges, length);
        byte[] present = EfuseBits.Gather(_snapshot.GetWords(field.Block), ranges, length);
        byte[] queued = _queue.BytesAfter(field);
        if (!queued.SequenceEqual(present) && !queued.SequenceEqual(wanted))
        {
            throw new EfuseException(ErrorCode.EfuseValueInvalid, $"{field.Name} is asked for twice in one burn, with different bits.", "Ask for it once.") { Target = field.Name };
        }

        if (!queued.Where((octet, i) => (octet & ~wanted[i]) != 0).Any())
        {
            return false;
        }

        if (!canMix)
        {
            throw new EfuseException(
                ErrorCode.EfuseAlreadyBurned, $"{field.Name} holds another value, and bits cannot be cleared.", "This chip keeps what it has.")
            { Target = field.Name };
        }

        _queue.RefuseUnlessAllowed(new EfuseException(
            ErrorCode.EfuseValueLacksBits,
            $"{field.Name} has bits set that the new value lacks, and bits cannot be cleared: the field would become neither the one nor the other.",
            "Choose a value that contains the set bits.")
        { Target = field.Name });
        return true;
    }

    private string Describe(EfuseField field, byte[] value, bool done)
    {
        string text = field.Type != EfuseFieldType.Bytes ? Hexadecimal(EfuseBits.ToNumber(value))
            : field.Display == EfuseDisplay.CustomMac ? string.Join(":", value.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)))
            : $"{value.Length} bytes, SHA-256 {Fingerprint.Of(value)}...";
        return done ? $"is set already: {text}"
            : field.Type == EfuseFieldType.Bytes ? text
            : $"{Hexadecimal(_snapshot.GetWholeNumber(field))} -> {text}";
    }

    private void RequirePurposeFits(EfuseField field, byte[] value)
    {
        if (field.PurposeOfBlock is { } index
            && _queue.Chip.Efuse.Blocks[index] is { } block
            && _queue.Chip.KeyPurposes.FirstOrDefault(purpose => purpose.Id == (int)EfuseBits.ToNumber(value) && purpose.NotInBlocks.Contains(block.Name)) is { } unfit)
        {
            throw new EfuseException(ErrorCode.KeyPurposeInvalid, $"{block.Name} of the {_queue.Chip.Name} cannot hold a key for {unfit.Name}.", "Choose another key block.") { Target = field.Name };
        }
    }

    private static bool IsMask(EfuseField field) => field.Role is EfuseRole.WriteDisable or EfuseRole.ReadDisable;

    private static string Hexadecimal(ulong number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
