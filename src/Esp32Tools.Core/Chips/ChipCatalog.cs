using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips;

/// <summary>All known chips, one line each.</summary>
public static class ChipCatalog
{
    private const uint Esp8266Magic = 0xFFF0_C101;

    // Ids as in the image headers of ESP-IDF (esp_chip_id_t), past and present.
    private static readonly IReadOnlyDictionary<int, string> s_unsupported = new Dictionary<int, string>
    {
        [4] = "ESP32-S3 (beta 2)",
        [6] = "ESP32-S3 (beta 3)",
        [7] = "ESP32-C6 (beta)",
        [10] = "ESP32-H2 (beta 1)",
        [14] = "ESP32-H2 (beta 2)",
        [17] = "ESP32-C5 (beta 3)",
        [31] = "ESP32-E22",
    };

    /// <summary>The chips, oldest first.</summary>
    public static IReadOnlyList<ChipDefinition> All { get; } =
    [
        Esp32.Definition,
        Esp32S2.Definition,
        Esp32S3.Definition,
        Esp32C2.Definition,
        Esp32C3.Definition,
        Esp32C5.Definition,
        Esp32C6.Definition,
        Esp32C61.Definition,
        Esp32H2.Definition,
        Esp32H21.Definition,
        Esp32H4.Definition,
        Esp32P4.Definition,
        Esp32S31.Definition,
    ];

    /// <summary>Finds a chip by name, <c>ESP32-C3</c> or <c>esp32c3</c>, in any case.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnknown"/></exception>
    public static ChipDefinition ByName(string name) => Find(name) ?? throw new ChipException(
        ErrorCode.ChipUnknown,
        $"There is no chip '{name}' here.",
        $"Known chips: {string.Join(", ", All.Select(chip => chip.Key))}.")
    { Target = name };

    /// <summary>Finds a chip by name; null when there is none.</summary>
    public static ChipDefinition? Find(string name)
    {
        string key = name.Replace("-", string.Empty);
        return All.FirstOrDefault(chip => string.Equals(chip.Key, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Finds a chip by the id in its images and security information; null when there is none.</summary>
    public static ChipDefinition? ByImageChipId(int chipId) => All.FirstOrDefault(chip => chip.ImageChipId == chipId);

    /// <summary>Name of a chip that is known but not supported (previews of chips and others), by its id; null for any other.</summary>
    public static string? UnsupportedByImageChipId(int chipId) => s_unsupported.TryGetValue(chipId, out string? name) ? name : null;

    /// <summary>Name of a chip that is known but not supported, by its magic word; null for any other.</summary>
    public static string? UnsupportedByMagicValue(uint magic) => magic == Esp8266Magic ? "ESP8266" : null;

    /// <summary>Finds a chip by its magic word; null when there is none.</summary>
    public static ChipDefinition? ByMagicValue(uint magic) => All.FirstOrDefault(chip => chip.MagicValue == magic);
}
