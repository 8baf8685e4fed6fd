using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>Builds the fuses of a fresh chip, by address or by field.</summary>
internal sealed class FactoryFuses
{
    // An EUI-64 made of a MAC address has these two octets in its middle (IEEE, guidelines for EUI-64).
    private const uint Eui64Middle = 0xFFFE;

    private readonly ChipDefinition _chip;
    private readonly FuseMap _map;
    private readonly byte[][] _blocks;

    public FactoryFuses(ChipDefinition chip, FuseMap map)
    {
        _chip = chip;
        _map = map;
        _blocks = [.. chip.Efuse.Blocks.Select(block => new byte[4 * block.Words])];
    }

    /// <summary>Words, by address, that belong to the revision but are not fuses: bits to set.</summary>
    public Dictionary<uint, uint> OtherBits { get; } = [];

    /// <summary>Sets the identity of the chip, its MAC and revision, and the other fuses that the factory burns.</summary>
    /// <param name="mac">Six octets, the first one first.</param>
    /// <param name="revision">major * 100 + minor.</param>
    public void Set(byte[] mac, int revision)
    {
        IdentityFacts identity = _chip.Identity;
        Set(_map.Find(EfuseRole.FactoryMac), mac.Aggregate(0UL, (number, octet) => (number << 8) | octet));
        Set(_map.FindCheckOf(EfuseRole.FactoryMac), Crc8(mac));
        Set(_map.Find(EfuseRole.FactoryMacExtension), Eui64Middle);
        FuseBits majorRevision = _map.Find(EfuseRole.MajorRevision)!;
        int major = revision / 100;
        uint raw = identity.MajorRevisionMap?.First(pair => pair.Value == major).Key ?? (uint)major;
        Set(majorRevision, raw);
        if (identity.MajorRevisionHigh is { } high)
        {
            SetRegisters(high, raw >> majorRevision.Bits.Count);
        }

        Set(_map.Find(EfuseRole.MinorRevision), (uint)(revision % 100));
        foreach (KeyValuePair<string, uint> fuse in _chip.Factory.Fuses)
        {
            Set(_map.Find(fuse.Key), fuse.Value);
        }
    }

    /// <summary>True when the fuses of the chip can hold a revision.</summary>
    /// <param name="revision">major * 100 + minor.</param>
    public bool CanHold(int revision)
    {
        int major = revision / 100;
        int minorBits = _map.Find(EfuseRole.MinorRevision)?.Bits.Count ?? 0;
        int majorBits = _map.Find(EfuseRole.MajorRevision)!.Bits.Count + (_chip.Identity.MajorRevisionHigh?.Parts.Sum(part => part.Width) ?? 0);
        return revision >= 0
            && revision % 100 < 1 << minorBits
            && (_chip.Identity.MajorRevisionMap?.Values.Contains(major) ?? major < 1 << majorBits);
    }

    /// <summary>Sets a field that the factory burns; bits that were set before are replaced.</summary>
    /// <param name="role">Its function.</param>
    /// <param name="value">Its value.</param>
    public void Set(EfuseRole role, uint value)
    {
        FuseBits field = _map.Find(role)!;
        foreach (int bit in field.Bits)
        {
            _blocks[field.Block][bit / 8] &= (byte)~(1 << (bit % 8));
        }

        Set(field, value);
    }

    public void Burn(EfuseController efuse)
    {
        for (int block = 0; block < _blocks.Length; block++)
        {
            efuse.Store(block, _blocks[block]);
        }

        efuse.Refresh();
    }

    private void Set(FuseBits? field, ulong value)
    {
        for (int i = 0; i < (field?.Bits.Count ?? 0); i++)
        {
            int bit = field!.Bits[i];
            _blocks[field.Block][bit / 8] |= (byte)((value >> i & 1) << (bit % 8));
        }
    }

    private void SetRegisters(BitField field, uint value)
    {
        foreach (BitPart part in field.Parts)
        {
            OtherBits.TryGetValue(part.Register, out uint before);
            OtherBits[part.Register] = before | ((value & ((1u << part.Width) - 1)) << part.Shift);
            value >>= part.Width;
        }
    }

    // CRC-8 with polynomial 0x31 reflected, start 0 (efuse-tables.md, section 5).
    private static byte Crc8(byte[] octets)
    {
        byte crc = 0;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1);
            }
        }

        return crc;
    }
}
