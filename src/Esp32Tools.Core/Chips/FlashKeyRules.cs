using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>The ways in which chips after the ESP32 tell that they have a flash encryption key.</summary>
internal static class FlashKeyRules
{
    private const uint Xts256First = 2;
    private const uint Xts256Second = 3;
    private const uint Xts128 = 4;

    /// <summary>A key block is for a 128-bit key.</summary>
    public static Func<Func<uint, uint>, bool> ByPurpose(IReadOnlyList<BitField> purposes) =>
        read => purposes.Any(purpose => purpose.Read(read) == Xts128);

    /// <summary>A key block is for a 128-bit key, or two are for the halves of a 256-bit key.</summary>
    public static Func<Func<uint, uint>, bool> ByPurposeOrPair(IReadOnlyList<BitField> purposes) => read =>
    {
        uint[] found = [.. purposes.Select(purpose => purpose.Read(read))];
        return found.Contains(Xts128) || (found.Contains(Xts256First) && found.Contains(Xts256Second));
    };

    /// <summary>The purpose fields where they follow each other without a gap, lowest first.</summary>
    /// <param name="register">Word with the first.</param>
    /// <param name="shift">Its lowest bit.</param>
    /// <param name="width">Bits of each.</param>
    /// <param name="count">How many there are.</param>
    public static IReadOnlyList<BitField> PurposeFields(uint register, int shift, int width, int count)
    {
        List<BitField> fields = [];
        for (; fields.Count < count; shift += width)
        {
            if (shift + width > 32)
            {
                // None lies across two words.
                register += 4;
                shift = 0;
            }

            fields.Add(BitField.At(register, shift, width));
        }

        return fields;
    }
}
