using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>The chips that can be simulated, one line each.</summary>
internal static class ProfileCatalog
{
    public static IReadOnlyList<ChipProfile> All { get; } =
    [
        Esp32Profile.Create(),
        Esp32C3Profile.Create(),
    ];

    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.ChipUnknown"/>: no such chip. <see cref="ErrorCode.ChipUnsupported"/>: none of its kind here.
    /// </exception>
    public static ChipProfile ByChip(string name)
    {
        ChipDefinition chip = ChipCatalog.ByName(name);
        return All.FirstOrDefault(profile => profile.Chip == chip) ?? throw new ChipException(
            ErrorCode.ChipUnsupported,
            $"There is no virtual {chip.Name}.",
            $"Virtual chips: {string.Join(", ", All.Select(profile => profile.Chip.Key))}.")
        { Target = name };
    }
}
