using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Rules for single entries.</summary>
internal static class NvsEntryRules
{
    private const string LostAdvice = "The firmware erases it when it starts; the value is lost.";

    public static IEnumerable<NvsFinding> Check(NvsImage image, NvsPage page) =>
        from slot in page.Slots
        where slot.Fault != NvsFault.None || IsWithoutNamespace(image, slot)
        let found = slot.Fault == NvsFault.None
            ? (NvsFindingSeverity.Error, "Namespace", $"belongs to the namespace {slot.Namespace}, which nothing names.", "No firmware can read it. Make the partition anew.")
            : Words(slot)
        select Found(image, page, slot, found);

    /// <summary>A finding about an entry.</summary>
    public static NvsFinding Found(NvsImage image, NvsPage page, NvsSlot slot, (NvsFindingSeverity Severity, string Id, string Text, string Advice) found)
    {
        image.Contents.Namespaces.TryGetValue(slot.Namespace, out string? name);
        string? nameSpace = slot.HasCrc ? slot.IsNamespace ? slot.Key : name : null;
        string? key = slot.HasCrc && !slot.IsNamespace ? slot.Key : null;
        string place = slot.Length > 1 && !slot.HasCrc ? $"Entries {slot.Index} to {slot.Index + slot.Length - 1}" : $"Entry {slot.Index}";
        string subject = !slot.HasCrc ? $"{place} of page {page.Index}"
            : $"{(slot.IsNamespace ? "The namespace" : (nameSpace ?? $"#{slot.Namespace}") + "/")}{(slot.IsNamespace ? $" '{slot.Key}'" : slot.Key)} ({place.ToLowerInvariant()} of page {page.Index})";
        return new NvsFinding
        {
            Severity = found.Severity.ToString(),
            Id = found.Id,
            Page = page.Index,
            Entry = slot.Index,
            Offset = slot.Offset,
            Namespace = nameSpace,
            Key = key,
            Text = $"{subject} {found.Text}",
            Advice = found.Advice,
        };
    }

    private static bool IsWithoutNamespace(NvsImage image, NvsSlot slot) =>
        slot.State == NvsFormat.EntryWritten && !slot.IsNamespace && !image.Contents.Namespaces.ContainsKey(slot.Namespace);

    private static (NvsFindingSeverity, string, string, string) Words(NvsSlot slot) => slot.Fault switch
    {
        NvsFault.State => (NvsFindingSeverity.Error, "EntryState", "has a state that does not exist.", LostAdvice),
        NvsFault.NotMarked => (
            NvsFindingSeverity.Warning, "NotMarked", "is marked as empty and is not blank: the power failed while it was written.",
            "The firmware marks it as erased when it starts."),
        NvsFault.Parts => (
            NvsFindingSeverity.Error, "EntryParts", $"takes {slot.Span} entries, and not all of them are marked as {(slot.IsErased ? "erased" : "written")} like it.", LostAdvice),
        NvsFault.Span => (
            NvsFindingSeverity.Error, "Span", $"says that it takes {slot.Span} entries, which does not fit its page or its length.", LostAdvice),
        NvsFault.Type => (
            NvsFindingSeverity.Error, "Type", $"has the type 0x{slot.Type:X2}, which does not exist.", "No firmware reads it. Make the partition anew."),
        NvsFault.Key => (NvsFindingSeverity.Error, "Key", "has a key that is empty, does not end, or is no text.", "No firmware finds it. Make the partition anew."),
        NvsFault.Namespace => (
            NvsFindingSeverity.Error, "Namespace", $"is a namespace and has to have a number of 1 to {NvsFormat.LastNamespace} in 8 bits.", "Make the partition anew."),
        NvsFault.DataCrc => (NvsFindingSeverity.Error, "DataCrc", "has bytes with a wrong CRC.", "The firmware does not give them out. Set the value again."),
        NvsFault.Text => (NvsFindingSeverity.Warning, "Text", "is a string that does not end with its only zero byte, or is no UTF-8.", "Check what the firmware makes of it."),
        _ => (NvsFindingSeverity.Error, "EntryCrc", $"{(slot.Length > 1 ? "have" : "has")} a wrong CRC.", LostAdvice),
    };
}
