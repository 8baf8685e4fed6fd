using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Devices;

/// <summary>The identity of one chip: revision, package, MAC. Read once.</summary>
public sealed record DeviceIdentity
{
    /// <summary>Name of the part, such as <c>ESP32-D0WD-V3</c>.</summary>
    public required string Package { get; init; }

    /// <summary>Silicon revision as major * 100 + minor.</summary>
    public required int Revision { get; init; }

    /// <summary>Silicon revision as text, such as <c>v3.1</c>.</summary>
    public string RevisionText => FormatRevision(Revision);

    /// <summary>The features of the part, in the vendor's words.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Factory MAC, such as <c>24:0a:c4:12:34:56</c>.</summary>
    public required string Mac { get; init; }

    /// <summary>
    /// False when the MAC does not match the check value that is stored with it, or is all zeros: the chip is damaged, or was not
    /// read right. True when it matches; null on chips that store no check value.
    /// </summary>
    public bool? IsMacIntact { get; init; }

    /// <summary>The MAC as an EUI-64, such as <c>60:55:f9:ff:fe:f7:2c:a2</c>; null on chips without one.</summary>
    public string? Eui64 { get; init; }

    /// <summary>Flash in the package; null where there is none or eFuse does not record it.</summary>
    public EmbeddedMemory? EmbeddedFlash { get; init; }

    /// <summary>PSRAM in the package; null where there is none or eFuse does not record it.</summary>
    public EmbeddedMemory? EmbeddedPsram { get; init; }

    /// <summary>Version of the data that the factory burned, major * 100 + minor; null on the ESP32.</summary>
    public int? BlockVersion { get; init; }

    /// <summary>Crystal frequency in MHz.</summary>
    public required int CrystalMHz { get; init; }

    /// <summary>Formats a revision number as <c>v3.1</c>.</summary>
    public static string FormatRevision(int revision) => $"v{RevisionNumber(revision)}";

    /// <summary>A revision as results have it: <c>3.1</c>.</summary>
    internal static string RevisionNumber(int revision) => FormattableString.Invariant($"{revision / 100}.{revision % 100}");

    internal static DeviceIdentity Read(LoaderClient loader, CancellationToken cancellationToken)
    {
        // Registers that several facts depend on are read once.
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
        int revision = chip.ReadRevision(ReadOnce);
        EfuseView fuses = new(chip, revision, ReadOnce);
        byte[] mac = [.. fuses.ReadBytes(EfuseRole.FactoryMac).Reverse()];
        return new DeviceIdentity
        {
            Package = facts.DescribePackage(new PackageQuery(fuses.Read(EfuseRole.Package), revision / 100, fuses)),
            Revision = revision,
            Features = facts.ReadFeatures(fuses),
            Mac = FormatMac(mac),
            IsMacIntact = mac.All(octet => octet == 0) ? false
                : fuses.Table.Find(EfuseRole.FactoryMac)?.CrcField is { } crc ? fuses.Read(crc) == MacCrc.Compute(mac)
                : null,
            Eui64 = fuses.Table.Find(EfuseRole.FactoryMacExtension) is { } extension ? FormatMac(ToEui64(mac, fuses.Read(extension))) : null,
            EmbeddedFlash = facts.Flash?.Read(fuses),
            EmbeddedPsram = facts.Psram?.Read(fuses),
            BlockVersion = ReadBlockVersion(fuses),
            CrystalMHz = CrystalFrequency.Read(chip, loader.Channel.Transport.BaudRate, ReadOnce),
        };
    }

    private static int? ReadBlockVersion(EfuseView fuses) => fuses.Table.Find(EfuseRole.BlockVersionMajor) is { } major
        ? (int)((fuses.Read(major) * 100) + fuses.Read(EfuseRole.BlockVersionMinor))
        : null;

    private static byte[] ToEui64(byte[] mac, uint extension) =>
        [mac[0], mac[1], mac[2], (byte)(extension >> 8), (byte)extension, mac[3], mac[4], mac[5]];

    private static string FormatMac(byte[] octets) => string.Join(":", octets.Select(octet => octet.ToString("x2")));
}
