using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Flash;

/// <summary>Looks at what is written as the ROM and the bootloader of the device will look at it.</summary>
internal sealed class LayoutChecks(Esp32Device device, FlashWriteOptions options, WriteChecks checks, CancellationToken cancellationToken)
{
    /// <summary>Refuses what will not start, or goes over something else.</summary>
    /// <param name="images">The images, in the bytes that are written.</param>
    /// <param name="security">What protects the device.</param>
    /// <returns>What is odd and may be meant: whole sentences.</returns>
    public IReadOnlyList<string> Check(IReadOnlyList<FlashImage> images, FlashProtection security)
    {
        // Plain bytes for a chip that decrypts what it reads have been refused, or are none.
        FlashSet set = new(device.Chip, images.Select(image => new SetPart(image.Name, image.Address, image.Data) { IsOpaque = security.FlashEncryption && !image.Encrypt }))
        {
            FlashSize = device.KnownFlashSize(cancellationToken),
        };
        if (!security.FlashEncryption && DeviceTable(set) is { } table)
        {
            set = new FlashSet(device.Chip, set.Parts) { FlashSize = set.FlashSize, DeviceTable = table };
        }

        foreach (ImagePart inner in set.InnerImages())
        {
            checks.CheckFit(inner.Name, inner.Data);
        }

        List<string> warnings = [];
        foreach (LayoutFinding finding in LayoutRules.Look(set))
        {
            if (finding.IsWarning)
            {
                warnings.Add(finding.ToString());
            }
            else
            {
                checks.Refusals.Refuse(finding.ToException());
            }
        }

        return warnings;
    }

    // Read only where it decides something, and stays there.
    private PartitionTable? DeviceTable(FlashSet set)
    {
        if (options.EraseAll || device.IsSecureDownloadMode || set.HasTable || set.CoversTable || !set.Parts.Any(Matters))
        {
            return null;
        }

        const uint Offset = PartitionTableOptions.DefaultTableOffset;
        byte[] bytes = FlashReader.Read(device, Offset, PartitionTable.BinarySize, null, cancellationToken);
        try
        {
            return PartitionTable.Parse(bytes, $"{device.PortName} at 0x{Offset:X}");
        }
        catch (InputException)
        {
            return null;
        }
    }

    private bool Matters(SetPart part) =>
        part.End > PartitionTableOptions.DefaultTableOffset || part.Covers(device.Chip.Image.BootloaderOffset);
}
