using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Ota;

/// <summary>An application that can boot, and whether it does.</summary>
public sealed record Esp32OtaSlot
{
    /// <summary>Number of the slot; null for the factory application.</summary>
    public required int? Slot { get; init; }

    /// <summary>Name of its partition.</summary>
    public required string Partition { get; init; }

    /// <summary>Flash address of its first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>Size of its partition in bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>
    /// True when the bootloader selects it. The partition may still be empty: then the bootloader tries the others.
    /// </summary>
    public required bool Boots { get; init; }

    /// <summary>
    /// True when a bootloader without rollback selects it. Differs from <see cref="Boots"/> only while an application is on trial,
    /// which a bootloader with rollback treats as failed at the next start.
    /// </summary>
    public required bool BootsWithoutRollback { get; init; }

    /// <summary>The sequence number of the otadata copy that names it; null when neither does.</summary>
    public uint? Sequence { get; init; }

    /// <summary>Its state in that copy; null when neither names it.</summary>
    public string? State { get; init; }

    /// <summary>That copy, 0 or 1; null for neither.</summary>
    public int? Copy { get; init; }

    /// <summary>The reason why it boots or not, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Port of the device; null for data from a file.</summary>
    public string? PortName { get; init; }

    /// <summary>All applications that can boot: the factory application, if any, and the slots.</summary>
    /// <param name="layout">The applications in the table.</param>
    /// <param name="data">Otadata.</param>
    /// <param name="portName">Port of the device; null for none.</param>
    public static IReadOnlyList<Esp32OtaSlot> From(OtaLayout layout, OtaData data, string? portName = null)
    {
        OtaDecision decision = data.Decide(layout);
        OtaDecision withoutRollback = data.Decide(layout, withRollback: false);
        IEnumerable<Partition> partitions = layout.Factory is null ? layout.Slots : layout.Slots.Prepend(layout.Factory);
        return partitions.Select(partition =>
        {
            int? copy = CopyThatNames(partition.OtaSlot, layout, data);
            OtaEntry? entry = copy is int named ? data.Entries[named] : null;
            bool boots = ReferenceEquals(partition, decision.Partition);
            return new Esp32OtaSlot
            {
                Slot = partition.OtaSlot,
                Partition = partition.Name,
                Offset = partition.Offset,
                Size = partition.Size,
                Boots = boots,
                BootsWithoutRollback = ReferenceEquals(partition, withoutRollback.Partition),
                Copy = copy,
                Sequence = entry?.Sequence,
                State = entry?.State.ToString(),
                Reason = boots ? decision.Reason : WhyNot(partition, copy, entry),
                PortName = portName,
            };
        }).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Slot is int slot ? $"slot {slot}" : "factory")} ('{Partition}')";

    private static string WhyNot(Partition partition, int? copy, OtaEntry? entry) => entry?.State switch
    {
        null => partition.IsFactory ? "A slot was chosen." : "No copy of otadata names it.",
        OtaState.Invalid or OtaState.Aborted or OtaState.PendingVerify => $"Copy {copy} of otadata names it, and says that it failed: {entry.State}.",
        _ => $"Copy {copy} of otadata names it with the sequence {entry.Sequence}, and the other copy decides.",
    };

    private static int? CopyThatNames(int? slot, OtaLayout layout, OtaData data) => Enumerable.Range(0, data.Entries.Count)
        .Where(copy => slot is not null && data.SlotOf(copy, layout) == slot)
        .OrderByDescending(copy => data.Entries[copy].Sequence)
        .Select(copy => (int?)copy)
        .FirstOrDefault();
}
