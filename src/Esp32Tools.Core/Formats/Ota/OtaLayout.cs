using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Ota;

/// <summary>The applications that a partition table offers: the slots, and the factory application if there is one.</summary>
public sealed class OtaLayout
{
    private OtaLayout(Partition? data, Partition? factory, IReadOnlyList<Partition> slots)
    {
        Data = data;
        Factory = factory;
        Slots = slots;
    }

    /// <summary>
    /// The otadata partition, which tells the slot to boot; null when the table has none: then only the default boots.
    /// </summary>
    public Partition? Data { get; }

    /// <summary>The application that boots when no slot was chosen; null for none.</summary>
    public Partition? Factory { get; }

    /// <summary>The slots, by number.</summary>
    public IReadOnlyList<Partition> Slots { get; }

    /// <summary>Takes the slots and the otadata partition from a table.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.OtaUnavailable"/>: slot numbers are missing, or the otadata partition is too small. The bootloader
    /// counts the slots and assumes that their numbers start at 0 without gaps.
    /// </exception>
    public static OtaLayout From(PartitionTable table)
    {
        Partition[] slots = [.. table.Partitions.Where(partition => partition.OtaSlot is not null).OrderBy(partition => partition.OtaSlot)];
        for (int i = 0; i < slots.Length; i++)
        {
            if (slots[i].OtaSlot != i)
            {
                throw Unavailable(
                    table,
                    $"has {slots.Length} OTA slots, and {(slots[i].OtaSlot > i ? $"none of them is ota_{i}" : $"ota_{slots[i].OtaSlot} twice")}: the bootloader would choose partitions that are not there.",
                    "Number the slots from ota_0 up, with none left out.");
            }
        }

        Partition? data = table.Partitions.FirstOrDefault(partition => partition.IsOtaData);
        if (data?.Size < OtaData.Size)
        {
            throw Unavailable(table, $"has a partition '{data.Name}' of 0x{data.Size:X} bytes for otadata, which needs 0x{OtaData.Size:X}.", "Correct the table.");
        }

        return new OtaLayout(data, table.Partitions.FirstOrDefault(partition => partition.IsFactory), slots);
    }

    /// <summary>The number of a slot, given by its number, the name of its partition, or its subtype.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionNotFound"/>: there is no such slot.</exception>
    public int Find(string slot)
    {
        Partition? found = Slots.FirstOrDefault(partition => VisibleText.IsName(partition.Name, slot))
            ?? Slots.FirstOrDefault(partition => string.Equals(partition.SubType, slot, StringComparison.OrdinalIgnoreCase))
            ?? Slots.FirstOrDefault(partition => $"{partition.OtaSlot}" == slot);
        return found?.OtaSlot ?? throw new InputException(
            ErrorCode.PartitionNotFound,
            $"There is no OTA slot '{slot}'.",
            Slots.Count == 0
                ? "The partition table has none."
                : $"There are {string.Join(", ", Slots.Select(partition => $"{partition.OtaSlot} ('{partition.Name}')"))}. To boot the factory application, clear the choice.")
        { Target = slot };
    }

    private static InputException Unavailable(PartitionTable table, string what, string advice) =>
        new(ErrorCode.OtaUnavailable, $"{PartitionTable.Subject(table.Source)} {what}", advice) { Target = table.Source };
}
