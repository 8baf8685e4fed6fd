using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>What will stand in the flash of a chip, as its ROM and its bootloader will find it.</summary>
public sealed class FlashSet
{
    private readonly Lazy<TablePlace?> _table;

    /// <summary>Makes a set.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="parts">What is written.</param>
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

    /// <summary>Bytes of the flash; null when unknown.</summary>
    public long? FlashSize { get; init; }

    /// <summary>The table that the device has already; null where it cannot be read, or does not last.</summary>
    public PartitionTable? DeviceTable { get; init; }

    /// <summary>True when the set has a partition table of its own.</summary>
    public bool HasTable => TableInSet is not null;

    /// <summary>True when the place of the usual table is written over.</summary>
    public bool CoversTable => Parts.Any(part => part.Covers(PartitionTableOptions.DefaultTableOffset));

    /// <summary>The table in the set, and where it is; null for none.</summary>
    internal TablePlace? TableInSet => _table.Value;

    /// <summary>The table that will count: the one in the set, or else the one on the device.</summary>
    internal PartitionTable? Table => TableInSet?.Table ?? (CoversTable ? null : DeviceTable);

    /// <summary>What is written where the chip looks for its bootloader; null for nothing.</summary>
    internal SetPart? BootloaderPart => Parts.FirstOrDefault(part => part.Covers(Chip.Image.BootloaderOffset));

    /// <summary>The bootloader's image; null where there is none that can be read.</summary>
    internal FirmwareImage? Bootloader => BootloaderPart is { IsOpaque: false } part && ImageAt(part, Chip.Image.BootloaderOffset) is { } image ? image : null;

    /// <summary>
    /// The images inside of parts that hold more than one thing: the bootloader where the chip looks for it, and the
    /// applications that the table names. What a part begins with is not among them.
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

    /// <summary>The image that a part has at a flash address; null where there is none.</summary>
    internal static FirmwareImage? ImageAt(SetPart part, long address)
    {
        byte[] bytes = part.From(address);
        return FirmwareImage.LooksLikeImage(bytes) ? FirmwareImage.Inspect(bytes, part.Name) : null;
    }

    private TablePlace? FindTable() => TablePlace.Find(Parts.Where(part => !part.IsOpaque), Chip.Image.BootloaderOffset);
}
