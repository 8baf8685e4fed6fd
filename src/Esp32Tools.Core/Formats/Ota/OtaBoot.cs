using System.Linq;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// The bootloader's choice of an application. Source: ESP-IDF, bootloader_utility.c and bootloader_common.c; without
/// anti-rollback, and without a pin or a deep sleep that takes precedence.
/// </summary>
internal static class OtaBoot
{
    public static OtaDecision Decide(OtaData data, OtaLayout layout, bool withRollback)
    {
        if (layout.Data is null)
        {
            return Default(data, layout, "The partition table has no otadata");
        }

        OtaData seen = withRollback ? WithoutTrialsThatFailed(data) : data;
        if (layout.Slots.Count == 0)
        {
            return Default(seen, layout, "The partition table has no OTA slot");
        }

        if (!seen.Entries.Any(entry => entry.IsCandidate))
        {
            bool isErased = seen.Entries.All(entry => entry.Sequence == OtaEntry.NoSequence);
            string why = isErased ? "Nothing was chosen: otadata is empty" : "No copy of otadata has an application that may boot";
            return Default(seen, layout, $"{why}{AboutTrials(data, seen)}") with { WritesFirst = isErased && layout.Factory is null };
        }

        int? active = Active(seen);
        if (active is not int copy)
        {
            return Default(seen, layout, $"No copy of otadata has a good CRC{AboutTrials(data, seen)}") with { TriesAll = layout.Factory is null };
        }

        OtaEntry entry = seen.Entries[copy];
        Partition partition = layout.Slots[SlotOf(entry.Sequence, layout)];
        bool isTrial = withRollback && entry.State == OtaState.New;
        return new OtaDecision
        {
            Slot = partition.OtaSlot,
            Partition = partition,
            Copy = copy,
            Reason = $"Copy {copy} of otadata {(IsUsable(seen, 1 - copy) ? "has the higher sequence" : "is the only good one")}; its sequence {entry.Sequence} means slot {partition.OtaSlot} of {layout.Slots.Count}{(isTrial ? "; it boots on trial" : string.Empty)}{AboutTrials(data, seen)}.",
            After = isTrial ? seen.WithState(copy, OtaState.PendingVerify) : seen,
        };
    }

    /// <summary>The slot of a sequence number: slots take turns. Computed in 32 bits, like the bootloader.</summary>
    public static int SlotOf(uint sequence, OtaLayout layout) => (int)(unchecked(sequence - 1) % (uint)layout.Slots.Count);

    // With equal sequences the first copy wins.
    private static int? Active(OtaData data) => (IsUsable(data, 0), IsUsable(data, 1)) switch
    {
        (true, true) => data.Entries[1].Sequence > data.Entries[0].Sequence ? 1 : 0,
        (true, false) => 0,
        (false, true) => 1,
        _ => null,
    };

    private static bool IsUsable(OtaData data, int copy) => data.Entries[copy].IsUsable;

    private static OtaDecision Default(OtaData after, OtaLayout layout, string why)
    {
        Partition? partition = layout.Factory ?? layout.Slots.FirstOrDefault();
        string then = partition is null ? "there is no application to boot"
            : layout.Factory is null ? $"there is no factory application, so the first slot is tried first"
            : "the factory application boots";
        return new OtaDecision { Slot = partition?.OtaSlot, Partition = partition, Reason = $"{why}; {then}.", After = after };
    }

    private static OtaData WithoutTrialsThatFailed(OtaData data)
    {
        for (int copy = 0; copy < OtaData.Copies; copy++)
        {
            data = data.Entries[copy].State == OtaState.PendingVerify ? data.WithState(copy, OtaState.Aborted) : data;
        }

        return data;
    }

    private static string AboutTrials(OtaData before, OtaData after) =>
        ReferenceEquals(before, after) ? string.Empty : "; an application on trial was not confirmed and counts as failed";
}
