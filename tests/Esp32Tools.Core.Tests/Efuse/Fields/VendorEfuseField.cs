using System.Collections.Generic;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

/// <summary>A field of the vendor's eFuse table.</summary>
internal sealed class VendorEfuseField
{
    public required string Name { get; init; }

    public required int Block { get; init; }

    /// <summary>Where its bits are, lowest first.</summary>
    public required List<int> Bits { get; init; }

    public IReadOnlyDictionary<uint, string> Meanings { get; init; } = new Dictionary<uint, string>();

    public int? WriteDisableBit { get; set; }

    public IReadOnlyList<int> ReadDisableBits { get; set; } = [];

    public string DescribePlace() => $"{Name} block {Block} bits {string.Join(",", Bits)}";

    public string Describe() => $"{DescribePlace()} wr {WriteDisableBit} rd {string.Join(",", ReadDisableBits)}";
}
