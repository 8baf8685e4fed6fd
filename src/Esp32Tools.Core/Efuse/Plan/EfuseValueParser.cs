using System;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Converts the value of a request into the bits of a field, as <see cref="EfuseValueRequest.Value"/> describes.</summary>
internal sealed class EfuseValueParser
{
    private readonly EfuseSnapshot _snapshot;
    private readonly EfuseField _field;

    public EfuseValueParser(EfuseSnapshot snapshot, EfuseField field)
    {
        _snapshot = snapshot;
        _field = field;
    }

    /// <summary>The bits as little-endian bytes.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseValueInvalid"/></exception>
    public byte[] Parse(object? value)
    {
        if (_field.Type == EfuseFieldType.Bytes)
        {
            return _field.Display == EfuseDisplay.CustomMac ? ParseMac(value as string) : ParseBytes(value);
        }

        ulong number = value is null ? Default() : ParseNumber(value);
        if (number == 0)
        {
            throw Invalid("zero is what an empty field holds; nothing can be burned");
        }

        int length = _snapshot.GetWholeBitLength(_field);
        if (length < 64 && number >> length != 0)
        {
            throw Invalid($"{number} does not fit its {length} bits");
        }

        return BitConverter.GetBytes(number);
    }

    /// <summary>Reads six octets with colons; the first octet comes first.</summary>
    public byte[] ParseMac(string? text)
    {
        string[] parts = text?.Split(':') ?? [];
        byte[] octets = new byte[6];
        if (parts.Length != 6 || !parts.Select((part, i) => part.Length == 2
            && byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[i])).All(good => good))
        {
            throw Invalid("a MAC address is six octets with colons, such as 02:12:34:56:78:9a");
        }

        if ((octets[0] & 1) != 0)
        {
            throw Invalid("this is a multicast address; the first octet of a unicast address is even");
        }

        return octets;
    }

    private ulong Default()
    {
        if (_field.Type == EfuseFieldType.Bool)
        {
            return 1;
        }

        if (!_field.IsCounter)
        {
            throw Invalid("it needs a value");
        }

        ulong present = _snapshot.GetNumber(_field);
        ulong all = _field.BitLength == 64 ? ulong.MaxValue : (1UL << _field.BitLength) - 1;
        return present != all ? present | (present + 1) : throw new EfuseException(ErrorCode.EfuseCounterUsedUp, $"All bits of {_field.Name} are set: the counter is used up.", "Bits cannot be cleared.") { Target = _field.Name };
    }

    private ulong ParseNumber(object value)
    {
        if (value is string name && _field.Display == EfuseDisplay.KeyPurpose)
        {
            if (KeyPurposeLookup.Find(_snapshot.Chip, name)?.Id is { } id)
            {
                return (ulong)id;
            }
        }

        ulong number = value switch
        {
            bool bit => bit ? 1UL : 0,
            string text => ParseText(text),
            IConvertible => ParseText(Convert.ToString(value, CultureInfo.InvariantCulture)),
            _ => throw Invalid("the value is no number"),
        };
        if (_field.Display == EfuseDisplay.KeyPurpose && KeyPurposeLookup.Find(_snapshot.Chip, number) is null)
        {
            throw Invalid($"{number} is no key purpose of the {_snapshot.Chip.Name}");
        }

        // GPIO32 and GPIO33 are stored as 30 and 31 (efuse-tables.md, section 5).
        return _field.Display != EfuseDisplay.Pad ? number : EfusePad.ToNumber(number) ?? throw Invalid($"GPIO{number} cannot be chosen here");
    }

    private ulong ParseText(string text)
    {
        string digits = text.Trim();
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(hex ? digits.Substring(2) : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw Invalid($"'{text}' is no number that can be burned");
    }

    private byte[] ParseBytes(object? value)
    {
        byte[] bytes;
        if (value is string text)
        {
            bool number = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            if (!Hex.TryDecode(number ? text.Substring(2) : text.Replace(" ", string.Empty), out bytes))
            {
                throw Invalid("its bytes are written as pairs of hexadecimal digits");
            }

            if (number)
            {
                Array.Reverse(bytes);
            }
        }
        else
        {
            bytes = value switch
            {
                byte[] array => (byte[])array.Clone(),
                EfuseKey key => key.Reveal(),
                _ => throw Invalid("its value is a row of bytes"),
            };
        }

        int bits = _snapshot.GetBitLength(_field);
        int length = (bits + 7) / 8;
        return bytes.Length != length ? throw Invalid($"it takes {length} bytes, not {bytes.Length}")
            : bits % 8 != 0 && bytes[length - 1] >> (bits % 8) != 0 ? throw Invalid($"it has {bits} bits, and the last byte sets one beyond them")
            : bytes;
    }

    private EfuseException Invalid(string rule) => new(
        ErrorCode.EfuseValueInvalid,
        $"The value for {_field.Name} cannot be burned: {rule}.",
        "Nothing was burned.")
    { Target = _field.Name };
}
