using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Devices;

/// <summary>Which individual it is: revision, package, MAC. Read once.</summary>
public sealed record DeviceIdentity
{
    /// <summary>Name of the part, such as <c>ESP32-D0WD-V3</c>.</summary>
    public required string Package { get; init; }

    /// <summary>Silicon revision as major * 100 + minor.</summary>
    public required int Revision { get; init; }

    /// <summary>Silicon revision as text, such as <c>v3.1</c>.</summary>
    public string RevisionText => FormatRevision(Revision);

    /// <summary>What the part can do, in the vendor's words.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Factory MAC, such as <c>24:0a:c4:12:34:56</c>.</summary>
    public required string Mac { get; init; }

    /// <summary>The MAC as an EUI-64, such as <c>60:55:f9:ff:fe:f7:2c:a2</c>; null on chips without one.</summary>
    public string? Eui64 { get; init; }

    /// <summary>Flash in the package; null where there is none or eFuse does not tell.</summary>
    public EmbeddedMemory? EmbeddedFlash { get; init; }

    /// <summary>PSRAM in the package; null where there is none or eFuse does not tell.</summary>
    public EmbeddedMemory? EmbeddedPsram { get; init; }

    /// <summary>Version of what the factory burned, major * 100 + minor; null on the ESP32.</summary>
    public int? BlockVersion { get; init; }

    /// <summary>Crystal frequency in MHz.</summary>
    public required int CrystalMHz { get; init; }

    /// <summary>Writes a revision number as <c>v3.1</c>.</summary>
    public static string FormatRevision(int revision) => $"v{revision / 100}.{revision % 100}";

    internal static DeviceIdentity Read(LoaderClient loader, CancellationToken cancellationToken)
    {
        // Registers that several facts look at are read once.
        Dictionary<uint, uint> seen = [];
        uint ReadOnce(uint address)
        {
            if (!seen.TryGetValue(address, out uint value))
            {
                value = loader.ReadRegister(address, cancellationToken);
                seen[address] = value;
            }

            return value;
        }

        ChipDefinition chip = loader.Dialect.Chip!;
        IdentityFacts facts = chip.Identity;
        int revision = ReadRevision(facts, ReadOnce);
        byte[] mac = ReadMac(facts, ReadOnce);
        return new DeviceIdentity
        {
            Package = facts.DescribePackage(new PackageQuery(facts.Package.Read(ReadOnce), revision / 100, ReadOnce)),
            Revision = revision,
            Features = facts.ReadFeatures(ReadOnce),
            Mac = FormatMac(mac),
            Eui64 = facts.MacExtension is BitField extension ? FormatMac(ToEui64(mac, extension.Read(ReadOnce))) : null,
            EmbeddedFlash = facts.Flash?.Read(ReadOnce),
            EmbeddedPsram = facts.Psram?.Read(ReadOnce),
            BlockVersion = ReadBlockVersion(facts, ReadOnce),
            CrystalMHz = CrystalFrequency.Read(chip, loader.Channel.Transport.BaudRate, ReadOnce),
        };
    }

    /// <summary>The silicon revision alone, as major * 100 + minor.</summary>
    internal static int ReadRevision(IdentityFacts facts, Func<uint, uint> read)
    {
        if (facts.MisnamedRevision?.Invoke(read) is int known)
        {
            return known;
        }

        uint raw = facts.MajorRevision.Read(read);
        int major = (int)raw;
        if (facts.MajorRevisionMap is { } map)
        {
            major = map.TryGetValue(raw, out int mapped) ? mapped : 0;
        }

        return (major * 100) + (int)facts.MinorRevision.Read(read);
    }

    private static int? ReadBlockVersion(IdentityFacts facts, Func<uint, uint> read) =>
        facts is { BlockVersionMajor: BitField major, BlockVersionMinor: BitField minor }
            ? (int)((major.Read(read) * 100) + minor.Read(read))
            : null;

    private static byte[] ReadMac(IdentityFacts facts, Func<uint, uint> read)
    {
        uint high = read(facts.MacHigh);
        uint low = read(facts.MacLow);
        return
        [
            (byte)(high >> 8), (byte)high,
            (byte)(low >> 24), (byte)(low >> 16), (byte)(low >> 8), (byte)low,
        ];
    }

    private static byte[] ToEui64(byte[] mac, uint extension) =>
        [mac[0], mac[1], mac[2], (byte)(extension >> 8), (byte)extension, mac[3], mac[4], mac[5]];

    private static string FormatMac(byte[] octets) => string.Join(":", octets.Select(octet => octet.ToString("x2")));
}
