using System;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Efuse.Fields;

/// <summary>
/// Finds key purposes of a chip by number and by name, including the numbers that some chips leave to their users:
/// <c>CUSTOM_12</c>, or <c>CUSTOM_DIGEST_12</c> for the digest of a public key (efuse-rules.md, section 7).
/// </summary>
internal static class KeyPurposeLookup
{
    /// <summary>Display name of a number without meaning on the chip.</summary>
    public const string Forbidden = "FORBIDDEN_STATE";

    private const string Custom = "CUSTOM_";
    private const string CustomDigest = "CUSTOM_DIGEST_";
    private const string HighestCustom = "CUSTOM_MAX";

    /// <summary>The purpose with this number; null when there is none.</summary>
    public static KeyPurpose? Find(ChipDefinition chip, ulong id) =>
        chip.KeyPurposes.FirstOrDefault(known => known.Id is { } value && (ulong)value == id) ?? CreateCustom(chip, id, isDigest: false);

    /// <summary>The purpose with this name, ignoring case and underscores; null when there is none.</summary>
    public static KeyPurpose? Find(ChipDefinition chip, string name) =>
        chip.KeyPurposes.FirstOrDefault(known => IsName(known.Name, name))
        ?? (IsName(HighestCustom, name) ? CreateCustom(chip, (ulong)chip.Efuse.HighestCustomPurpose, isDigest: false)
            : TryParse(name, CustomDigest, out ulong id) ? CreateCustom(chip, id, isDigest: true)
            : TryParse(name, Custom, out id) ? CreateCustom(chip, id, isDigest: false)
            : null);

    /// <summary>The purpose with this name for a key that takes two blocks; null when there is none.</summary>
    public static SplitKeyPurpose? FindSplit(ChipDefinition chip, string? name) =>
        name is null ? null : chip.SplitKeyPurposes.Where(known => IsName(known.Name, name)).Cast<SplitKeyPurpose?>().FirstOrDefault();

    private static KeyPurpose? CreateCustom(ChipDefinition chip, ulong id, bool isDigest) =>
        id > 0 && id <= (ulong)chip.Efuse.HighestCustomPurpose && !chip.KeyPurposes.Any(known => known.Id == (int)id)
            ? new() { Name = Custom + id.ToString(CultureInfo.InvariantCulture), Id = (int)id, IsDigest = isDigest }
            : null;

    private static bool IsName(string known, string name) =>
        string.Equals(known.Replace("_", string.Empty), name.Replace("_", string.Empty), StringComparison.OrdinalIgnoreCase);

    private static bool TryParse(string name, string prefix, out ulong id)
    {
        id = 0;
        return name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(name.Substring(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }
}
