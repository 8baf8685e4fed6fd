using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Tests.Shared.Chips;

/// <summary>The eFuse fields of a chip as it is usually sold, by what they do.</summary>
internal static class ChipFields
{
    /// <summary>Name of the field.</summary>
    public static string FieldName(this ChipDefinition chip, EfuseRole role) => Table(chip).Get(role).Name;

    /// <summary>Registers of the field.</summary>
    public static BitField Place(this ChipDefinition chip, EfuseRole role) => chip.FindPlace(role) ?? throw new KeyNotFoundException($"{chip.Key} {role}");

    /// <summary>Registers of the field; null when the chip has none.</summary>
    public static BitField? FindPlace(this ChipDefinition chip, EfuseRole role) =>
        Table(chip).Find(role) is { } field ? chip.Efuse.Place(field.Block, Table(chip).GetWholeRanges(field)) : null;

    private static EfuseTable Table(ChipDefinition chip) => chip.Efuse.GetTable(chip.Factory.Revision);
}
