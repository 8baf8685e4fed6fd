using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Loader;

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
        int revision = ReadRevision(chip, ReadOnce);
        var query = new PackageQuery(chip.Identity.Package.Read(ReadOnce), revision / 100, ReadOnce);
        return new DeviceIdentity
        {
            Package = chip.Identity.DescribePackage(query),
            Revision = revision,
            Features = chip.Identity.DescribeFeatures(ReadOnce),
            Mac = ReadMac(chip, ReadOnce),
            CrystalMHz = ReadCrystal(chip, loader.Channel.Transport.BaudRate, ReadOnce),
        };
    }

    private static int ReadRevision(ChipDefinition chip, Func<uint, uint> read)
    {
        uint raw = chip.Identity.MajorRevision.Read(read);
        int major = (int)raw;
        if (chip.Identity.MajorRevisionMap is { } map)
        {
            major = map.TryGetValue(raw, out int mapped) ? mapped : 0;
        }

        return (major * 100) + (int)chip.Identity.MinorRevision.Read(read);
    }

    private static string ReadMac(ChipDefinition chip, Func<uint, uint> read)
    {
        uint high = read(chip.Identity.MacHigh);
        uint low = read(chip.Identity.MacLow);
        byte[] octets =
        [
            (byte)(high >> 8), (byte)high,
            (byte)(low >> 24), (byte)(low >> 16), (byte)(low >> 8), (byte)low,
        ];
        return string.Join(":", octets.Select(octet => octet.ToString("x2")));
    }

    // The UART divides the crystal's frequency down to the baud rate that it measured on the sync.
    private static int ReadCrystal(ChipDefinition chip, int baudRate, Func<uint, uint> read)
    {
        if (!chip.Crystal.IsMeasured)
        {
            return chip.Crystal.ChoicesMHz[0];
        }

        double estimate = baudRate * (double)(read(chip.Uart.ClockDivider) & 0xF_FFFF) / 1e6;
        return chip.Crystal.ChoicesMHz.OrderBy(choice => Math.Abs(choice - estimate)).First();
    }
}
