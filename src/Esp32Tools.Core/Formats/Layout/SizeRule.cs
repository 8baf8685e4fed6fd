using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>
/// Compares the size of the flash, the size in the bootloader's header and the size that the partition table needs. Firmware
/// stops when the header says more than there is; the bootloader refuses a table that needs more than the header says. Sources:
/// ESP-IDF,
/// spi_flash and flash_partitions.c.
/// </summary>
internal static class SizeRule
{
    public static IEnumerable<LayoutFinding> Look(FlashSet set)
    {
        long? header = set.Bootloader is { } bootloader ? HeaderSize(bootloader) : null;
        if (header > set.FlashSize)
        {
            yield return new LayoutFinding(
                ErrorCode.FlashSizeClaim,
                $"The bootloader's header in {set.BootloaderPart!.Name} says {SizeText(header.Value)} of flash, and the flash has {SizeText(set.FlashSize!.Value)}: firmware stops there.",
                "Have the size detected and put into the header, or name the real one.",
                set.BootloaderPart.Name);
        }

        if (set.Table is not { } table || EndOf(table) is not { } last)
        {
            yield break;
        }

        string name = set.TableInSet?.Part.Name ?? "The partition table of the device";
        if (BeyondFlash(table, set.FlashSize, name) is { } finding)
        {
            // The table on the device is not part of this write.
            yield return finding with { IsWarning = !set.HasTable };
        }
        else if (last.End > header)
        {
            yield return new LayoutFinding(
                ErrorCode.FlashSizeBelowTable,
                $"{name} has the partition '{last.Name}' up to 0x{last.End:X}, and the bootloader's header in {set.BootloaderPart!.Name} says {SizeText(header.Value)} of flash: the bootloader takes no such table.",
                "Have the flash size detected and put into the header, or name it.",
                set.BootloaderPart.Name);
        }
    }

    /// <summary>The finding for a table that needs more flash than there is; null when it fits, or the size is unknown.</summary>
    public static LayoutFinding? BeyondFlash(PartitionTable table, long? flashSize, string name) => EndOf(table) is { } last && last.End > flashSize
        ? new LayoutFinding(
            ErrorCode.PartitionsBeyondFlash,
            $"{name} has the partition '{last.Name}' up to 0x{last.End:X}, and the flash ends at 0x{flashSize:X}: the bootloader takes no such table.",
            "Use the table for this size of flash, or check the flash that is fitted.",
            name)
        : null;

    private static Partition? EndOf(PartitionTable table) => table.Partitions.OrderByDescending(partition => partition.End).FirstOrDefault();

    private static long? HeaderSize(FirmwareImage bootloader)
    {
        if (bootloader.FlashSize is not { } name)
        {
            return null;
        }

        int shift = name.EndsWith("MB", System.StringComparison.Ordinal) ? 20 : 10;
        return long.TryParse(name.Substring(0, name.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size << shift : null;
    }

    private static string SizeText(long bytes) => bytes % (1 << 20) == 0 ? $"{bytes >> 20} MB" : $"{bytes >> 10} KB";
}
