using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips.Tables;

/// <summary>One field of a chip's eFuse table: its place, its meaning and its protection.</summary>
public sealed class EfuseField
{
    /// <summary>Name, as in the summary of espefuse.</summary>
    public required string Name { get; init; }

    /// <summary>Other names of the field.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Hardware number of the block that holds its bits.</summary>
    public required int Block { get; init; }

    /// <summary>The places of its bits, lowest first. For <see cref="IsWholeBlock"/> the maximum length of the block.</summary>
    public required IReadOnlyList<EfuseBitRange> Ranges { get; init; }

    /// <summary>Length in bits. A whole block can be shorter on a chip with 3/4 coding: a snapshot of it has the actual length.</summary>
    public int BitLength => Ranges.Sum(range => range.Count);

    /// <summary>Kind of value.</summary>
    public required EfuseFieldType Type { get; init; }

    /// <summary>MAC, config, identity, security, flash, spi pad, usb, jtag, wdt, vdd, calibration, or user for a field of the user's own table.</summary>
    public required string Category { get; init; }

    /// <summary>Bit of WR_DIS that locks it; null when it can always be written.</summary>
    public int? WriteDisableBit { get; init; }

    /// <summary>Bits of RD_DIS that hide it; several hide equal shares, lowest bits first. None when it can always be read.</summary>
    public IReadOnlyList<int> ReadDisableBits { get; init; } = [];

    /// <summary>The conversion of its bits to a value.</summary>
    public EfuseDisplay Display { get; init; }

    /// <summary>Offset of <see cref="EfuseDisplay.AdcPoint"/>.</summary>
    public int AdcOffset { get; init; }

    /// <summary>Unit of the value, such as <c>LSB</c> for a reading of the ADC, where <see cref="Display"/> does not imply one; null when there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>Field that holds the CRC-8 over this MAC address; null when there is none.</summary>
    public string? CrcField { get; init; }

    /// <summary>Field that holds the bits above this one's, where a number was extended later; null when there is none.</summary>
    public string? HighField { get; init; }

    /// <summary>Field that must not be set together with this one, because together they lock the chip out; null when there is none.</summary>
    public string? NotWith { get; init; }

    /// <summary>Meanings of numbers, where the table gives them.</summary>
    public IReadOnlyDictionary<uint, string> Meanings { get; init; } = new Dictionary<uint, string>();

    /// <summary>Shown only from this version of the factory data on (major * 100 + minor); null for always.</summary>
    public int? MinBlockVersion { get; init; }

    /// <summary>Shown only when this one-bit field is set; null for always.</summary>
    public string? RequiredField { get; init; }

    /// <summary>First silicon revision (major * 100 + minor) that has the field.</summary>
    public int MinRevision { get; init; }

    /// <summary>Last silicon revision that has the field.</summary>
    public int MaxRevision { get; init; } = int.MaxValue;

    /// <summary>True when the field is the whole block, as long as the coding scheme leaves it.</summary>
    public bool IsWholeBlock { get; init; }

    /// <summary>True when the field counts ones: a burn without a value sets its lowest clear bit.</summary>
    public bool IsCounter { get; init; }

    /// <summary>True when it is composed of other fields and cannot be burned itself.</summary>
    public bool IsCalculated { get; init; }

    /// <summary>True when it belongs to the factory, or is only meaningful together with others, and is not burned by name.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Its role, for code that looks it up; null for none.</summary>
    public EfuseRole? Role { get; init; }

    /// <summary>Hardware number of the key block whose purpose it holds; null for any other field.</summary>
    public int? PurposeOfBlock { get; init; }

    /// <summary>The phase in which it is burned.</summary>
    public EfuseBurnPhase Phase { get; init; }

    /// <summary>Its purpose, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Type as espefuse writes it: <c>bool</c>, <c>uint:4</c>, <c>bytes:32</c>.</summary>
    internal static string DescribeType(EfuseFieldType type, int bitLength) => type switch
    {
        EfuseFieldType.Bool => "bool",
        EfuseFieldType.UInt => $"uint:{bitLength}",
        _ => $"bytes:{(bitLength + 7) / 8}",
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
