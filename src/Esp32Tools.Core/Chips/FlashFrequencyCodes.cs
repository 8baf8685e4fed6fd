using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Flash frequency codes that chips have in common (low nibble of image header byte 3).</summary>
internal static class FlashFrequencyCodes
{
    /// <summary>80 MHz and its fractions, without the 26 MHz of older chips.</summary>
    public static IReadOnlyDictionary<string, byte> From80 { get; } =
        new Dictionary<string, byte> { ["80m"] = 0xF, ["40m"] = 0x0, ["20m"] = 0x2 };

    /// <summary>48 MHz and its fractions, on chips with a 32 MHz crystal.</summary>
    public static IReadOnlyDictionary<string, byte> From48 { get; } =
        new Dictionary<string, byte> { ["48m"] = 0xF, ["24m"] = 0x0, ["16m"] = 0x1, ["12m"] = 0x2 };
}
