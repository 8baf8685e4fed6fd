using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// Works out the otadata changes to boot another application. The copy that decides now is kept until the other one is valid.
/// Sequence numbers match the vendor's tool; the state is always written, while that tool keeps the state of the previous
/// entry, which may belong to a failed application.
/// </summary>
public static class OtaSwitch
{
    /// <summary>Chooses a slot.</summary>
    /// <param name="data">Otadata as it is.</param>
    /// <param name="layout">The applications to choose from.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="onTrial">
    /// True to make a bootloader with rollback boot it on trial: the application must confirm that it works, or the previous
    /// one boots again.
    /// </param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.OtaUnavailable"/>: the table has no otadata; <see cref="ErrorCode.PartitionNotFound"/>: no such slot.
    /// </exception>
    public static OtaChange To(OtaData data, OtaLayout layout, int slot, bool onTrial = false)
    {
        RequireData(layout);
        if (slot < 0 || slot >= layout.Slots.Count)
        {
            layout.Find($"{slot}");
        }

        OtaDecision now = data.Decide(layout);
        OtaDecision withoutRollback = data.Decide(layout, withRollback: false);
        OtaState state = onTrial ? OtaState.New : OtaState.Undefined;
        if (now is { Copy: int decides } && now.Slot == slot && withoutRollback.Slot == slot && onTrial == (data.Entries[decides].State == OtaState.New))
        {
            return new OtaChange([], data);
        }

        int kept = Deciding(data, now, withoutRollback);
        int written = 1 - kept;
        OtaEntry entry = data.Entries[kept];
        long sequence = entry.HasSequence ? Next(entry.Sequence, slot, layout) : slot + 1;
        if (sequence < OtaEntry.NoSequence)
        {
            OtaData after = data.With(written, (uint)sequence, state, keepsRest: false);
            return new OtaChange([(written, after.ToBytes(written))], after);
        }

        // The numbers have run out: they restart in the other copy, which decides once this one is erased.
        OtaData begun = data.With(written, (uint)(slot + 1), state, keepsRest: false).WithErased(kept);
        return new OtaChange([(written, begun.ToBytes(written)), (kept, null)], begun);
    }

    /// <summary>
    /// Rolls back: marks the application chosen last as failed, so that the other copy decides, or, if that is empty, the
    /// factory application or the first slot boots.
    /// </summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.OtaUnavailable"/>: the table has no otadata; <see cref="ErrorCode.OtaRollbackImpossible"/>: there is
    /// nothing to go back to.
    /// </exception>
    public static OtaChange Back(OtaData data, OtaLayout layout)
    {
        RequireData(layout);
        OtaDecision now = data.Decide(layout, withRollback: false);
        if (now.Copy is not int copy)
        {
            throw Impossible($"No slot was chosen. {now.Reason}");
        }

        OtaData after = data.With(copy, data.Entries[copy].Sequence, OtaState.Invalid, keepsRest: false);
        OtaDecision then = after.Decide(layout);
        if (then.Partition == now.Partition)
        {
            throw Impossible($"Slot {now.Slot} boots, and would boot all the same: {(then.Copy is null ? "the other copy of otadata is not good, and it is the first to be tried" : "the other copy of otadata says the same")}.");
        }

        return new OtaChange([(copy, after.ToBytes(copy))], after);
    }

    /// <summary>Erases the choice: the factory application boots, or else the first slot.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.OtaUnavailable"/>: the table has no otadata.</exception>
    public static OtaChange Clear(OtaData data, OtaLayout layout)
    {
        RequireData(layout);

        // The copy that decides is erased last.
        int last = Deciding(data, data.Decide(layout), data.Decide(layout, withRollback: false));
        List<(int, byte[]?)> steps = [(1 - last, null), (last, null)];
        return new OtaChange(steps, OtaData.Erased);
    }

    // The copy to keep as long as possible: the one that decides for a bootloader with rollback, or else for one without, or
    // else the one whose number continues.
    private static int Deciding(OtaData data, OtaDecision now, OtaDecision withoutRollback) => now.Copy ?? withoutRollback.Copy
        ?? (data.Entries[0].HasSequence && (!data.Entries[1].HasSequence || data.Entries[0].Sequence >= data.Entries[1].Sequence) ? 0 : 1);

    // The smallest number that is higher than the other copy's and selects the slot.
    private static long Next(uint from, int slot, OtaLayout layout)
    {
        int count = layout.Slots.Count;
        int steps = (slot - OtaBoot.SlotOf(from, layout) + count) % count;
        return from == 0 ? slot + 1 : (long)from + (steps == 0 ? count : steps);
    }

    private static void RequireData(OtaLayout layout)
    {
        if (layout.Data is null)
        {
            throw new InputException(
                ErrorCode.OtaUnavailable,
                "The partition table has no partition of type data, subtype ota, so there is nothing to choose by.",
                "Build the project with a partition table that has OTA slots.");
        }
    }

    private static InputException Impossible(string why) => new(
        ErrorCode.OtaRollbackImpossible, why, "Choose a slot by its number, or write an application that works.");
}
