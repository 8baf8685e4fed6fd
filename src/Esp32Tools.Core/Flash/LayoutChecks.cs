using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Flash;

/// <summary>Checks the written data as the ROM and the bootloader of the device will read it.</summary>
internal sealed class LayoutChecks(Esp32Device device, FlashWriteOptions options, WriteChecks checks, CancellationToken cancellationToken)
{
    /// <summary>Refuses images that will not start, or that overwrite something else.</summary>
    /// <param name="images">The images, with the bytes to write.</param>
    /// <param name="security">The protection of the device.</param>
    /// <returns>Warnings about unusual but possibly intended properties: whole sentences.</returns>
    public IReadOnlyList<string> Check(IReadOnlyList<FlashImage> images, FlashProtection security)
    {
        // Plain bytes for a chip that decrypts its flash have been refused, or there are none.
        FlashSet set = new(device.GetChip(), images.Select(image => new SetPart(image.Name, image.Address, image.Data) { IsOpaque = security.FlashEncryption && !image.Encrypt }))
        {
            FlashSize = device.KnownFlashSize(cancellationToken),
        };
        if (!security.FlashEncryption && DeviceTable(set) is { } table)
        {
            set = new FlashSet(device.GetChip(), set.Parts) { FlashSize = set.FlashSize, DeviceTable = table };
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

    // Read only where it affects the decision, and kept.
    private PartitionTable? DeviceTable(FlashSet set)
    {
        if (options.EraseAll || device.IsSecureDownloadMode || set.HasTable || set.CoversTable || !set.Parts.Any(Matters))
        {
            return null;
        }

        const uint Offset = PartitionTableOptions.DefaultTableOffset;
        byte[] bytes = TableBytes.Read(device, Offset, cancellationToken);
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
        part.End > PartitionTableOptions.DefaultTableOffset || part.Covers(device.GetChip().Image.BootloaderOffset);
}
