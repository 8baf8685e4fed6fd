using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>The future contents of a chip's flash, as its ROM and bootloader will see them.</summary>
public sealed class FlashSet
{
    private readonly Lazy<TablePlace?> _table;

    /// <summary>Makes a set.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="parts">The parts to write.</param>
    public FlashSet(ChipDefinition chip, IEnumerable<SetPart> parts)
    {
        Chip = chip;
        Parts = [.. parts.Where(part => part.Data.Length > 0).OrderBy(part => part.Address)];
        _table = new Lazy<TablePlace?>(FindTable);
    }

    /// <summary>The chip.</summary>
    public ChipDefinition Chip { get; }

    /// <summary>The parts, by address.</summary>
    public IReadOnlyList<SetPart> Parts { get; }

    /// <summary>Flash size in bytes; null when unknown.</summary>
    public long? FlashSize { get; init; }

    /// <summary>The table on the device; null when it cannot be read, or will be overwritten.</summary>
    public PartitionTable? DeviceTable { get; init; }

    /// <summary>True when the set has a partition table of its own.</summary>
    public bool HasTable => TableInSet is not null;

    /// <summary>True when the usual place of the table is overwritten.</summary>
    public bool CoversTable => Parts.Any(part => part.Covers(PartitionTableOptions.DefaultTableOffset));

    /// <summary>The table in the set and its place; null for none.</summary>
    internal TablePlace? TableInSet => _table.Value;

    /// <summary>The effective table: the one in the set, or else the one on the device.</summary>
    internal PartitionTable? Table => TableInSet?.Table ?? (CoversTable ? null : DeviceTable);

    /// <summary>The part at the chip's bootloader offset; null for none.</summary>
    internal SetPart? BootloaderPart => Parts.FirstOrDefault(part => part.Covers(Chip.Image.BootloaderOffset));

    /// <summary>The bootloader's image; null when none can be read.</summary>
    internal FirmwareImage? Bootloader => BootloaderPart is { IsOpaque: false } part && ImageAt(part, Chip.Image.BootloaderOffset) is { } image ? image : null;

    /// <summary>
    /// The images inside combined parts: the bootloader at the chip's offset, and the applications in the table. An image at
    /// the start of a part is not among them.
    /// </summary>
    public IEnumerable<ImagePart> InnerImages()
    {
        IEnumerable<uint> places = (Table?.Partitions ?? []).Where(partition => partition.IsApplication).Select(partition => partition.Offset);
        foreach (uint place in places.Prepend(Chip.Image.BootloaderOffset).Distinct())
        {
            foreach (SetPart part in Parts.Where(part => !part.IsOpaque && part.Address < place && part.Covers(place)))
            {
                byte[] bytes = part.From(place);
                if (FirmwareImage.LooksLikeImage(bytes))
                {
                    yield return new ImagePart($"{part.Name} at 0x{place:X}", place, bytes);
                }
            }
        }
    }

    /// <summary>The image in a part at a flash address; null for none.</summary>
    internal static FirmwareImage? ImageAt(SetPart part, long address)
    {
        byte[] bytes = part.From(address);
        return FirmwareImage.LooksLikeImage(bytes) ? FirmwareImage.Inspect(bytes, part.Name) : null;
    }

    private TablePlace? FindTable() => TablePlace.Find(Parts.Where(part => !part.IsOpaque), Chip.Image.BootloaderOffset);
}
