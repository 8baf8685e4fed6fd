using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips;

/// <summary>All chips that are known, one line each.</summary>
public static class ChipCatalog
{
    /// <summary>The chips, oldest first.</summary>
    public static IReadOnlyList<ChipDefinition> All { get; } =
    [
        Esp32.Definition,
        Esp32C3.Definition,
    ];

    /// <summary>Finds a chip by name, <c>ESP32-C3</c> or <c>esp32c3</c>, whatever the case.</summary>
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

    /// <summary>Finds a chip by its magic word; null when there is none.</summary>
    public static ChipDefinition? ByMagicValue(uint magic) => All.FirstOrDefault(chip => chip.MagicValue == magic);
}
