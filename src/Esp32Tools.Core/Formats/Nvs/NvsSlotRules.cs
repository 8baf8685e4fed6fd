namespace Esp32Tools.Formats.Nvs;

/// <summary>Rules for one entry by itself.</summary>
internal static class NvsSlotRules
{
    /// <summary>The first rule that it breaks.</summary>
    public static NvsFault Check(NvsSlot slot) => slot.State switch
    {
        NvsFormat.EntryWritten => CheckWritten(slot),

        // An entry whose write was interrupted is marked as erased, whatever its contents.
        NvsFormat.EntryErased => slot.StateOf(slot.Index + slot.Length - 1) == slot.State ? NvsFault.None : NvsFault.Parts,
        NvsFormat.EntryEmpty => NvsFault.NotMarked,
        _ => NvsFault.State,
    };

    private static NvsFault CheckWritten(NvsSlot slot)
    {
        if (!slot.HasCrc)
        {
            return NvsFault.Crc;
        }

        if (!slot.Fits)
        {
            return NvsFault.Span;
        }

        for (int i = slot.Index + 1; i < slot.Index + slot.Span; i++)
        {
            if (slot.StateOf(i) != slot.State)
            {
                return NvsFault.Parts;
            }
        }

        return !slot.HasKey ? NvsFault.Key : slot.IsNamespace ? CheckNamespace(slot) : CheckValue(slot);
    }

    private static NvsFault CheckNamespace(NvsSlot slot) =>
        slot.Type == (byte)NvsType.U8 && slot.Span == 1 && (byte)slot.Bits is >= 1 and <= NvsFormat.LastNamespace ? NvsFault.None : NvsFault.Namespace;

    private static NvsFault CheckValue(NvsSlot slot)
    {
        bool isOne = NvsNumber.Is((NvsType)slot.Type) || slot.Type is (byte)NvsType.Float or (byte)NvsType.Double or NvsFormat.TypeBlobIndex;
        if (!slot.HasData && !isOne)
        {
            return NvsFault.Type;
        }

        if (slot.Span != 1 + (slot.HasData ? NvsPageWriter.EntriesFor(slot.DataLength) : 0))
        {
            return NvsFault.Span;
        }

        if (slot.HasData && !slot.HasDataCrc())
        {
            return NvsFault.DataCrc;
        }

        return slot.Type == (byte)NvsType.String && !slot.IsText() ? NvsFault.Text : NvsFault.None;
    }
}
