using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Rules for a partition as a whole.</summary>
internal static class NvsPartitionRules
{
    private const string KeyAdvice = "Decrypt it, with the key that it was encrypted with.";

    public static IEnumerable<NvsFinding> Check(NvsImage image)
    {
        int rest = image.Length % NvsFormat.PageSize;
        if (rest != 0 || image.Length == 0)
        {
            yield return Found(
                NvsFindingSeverity.Error, "Length", $"It has {image.Length} bytes, which is no multiple of {NvsFormat.PageSize}.", "Check that it was copied whole.");
        }

        if (image.Pages.Length > 0 && image.Pages.All(page => page.IsBlank))
        {
            yield return Found(NvsFindingSeverity.Information, "Blank", "It is blank.", "The firmware sets it up when it starts.");
            yield break;
        }

        if (image.LooksEncrypted)
        {
            yield return Found(
                NvsFindingSeverity.Error, "Encrypted", "None of its entries is intact: it is encrypted, or was decrypted with another key.", KeyAdvice);
        }

        if (rest == 0 && image.Length < NvsFormat.SmallestWritableSize)
        {
            yield return Found(
                NvsFindingSeverity.Information, "ReadOnly", $"It has less than 0x{NvsFormat.SmallestWritableSize:X} bytes: the firmware can only read it.",
                "Flag the partition as readonly in the partition table.");
        }
        else if (rest == 0 && !image.Pages.Any(page => page.IsBlank))
        {
            yield return Found(
                NvsFindingSeverity.Error, "NoFreePage", "No page is blank; the firmware needs one and refuses the partition (ESP_ERR_NVS_NO_FREE_PAGES).",
                "Check that it was copied whole; else make it anew, larger.");
        }

        foreach (NvsFinding finding in CheckSequence(image))
        {
            yield return finding;
        }
    }

    private static IEnumerable<NvsFinding> CheckSequence(NvsImage image)
    {
        NvsPage[] read = [.. image.Pages.Where(page => page.IsRead)];
        foreach (IGrouping<uint, NvsPage> same in read.GroupBy(page => page.SequenceNumber).Where(group => group.Count() > 1))
        {
            yield return Found(
                NvsFindingSeverity.Error, "Sequence", $"The pages {List(same)} have the sequence number {same.Key}: which is the newer cannot be told.",
                "Make the partition anew.");
        }

        // The firmware loads the pages in the order of their sequence and writes to the last. Older generators leave the mark on
        // pages that are full, as in a test image of ESP-IDF itself: nothing is lost by that.
        NvsPage[] active = [.. read.Where(page => page.State == nameof(NvsPageState.Active)).OrderBy(page => page.SequenceNumber)];
        if (active.Length > 1)
        {
            yield return active.Take(active.Length - 1).All(page => page.Empty == 0)
                ? Found(
                    NvsFindingSeverity.Information, "Active", $"The pages {List(active)} are all marked as the active one; all but the last are full.",
                    "The firmware writes to the last.")
                : Found(
                    NvsFindingSeverity.Error, "Active", $"The pages {List(active)} are all marked as the active one.", "Make the partition anew.");
        }
    }

    private static string List(IEnumerable<NvsPage> pages) => string.Join(", ", pages.Select(page => page.Index));

    private static NvsFinding Found(NvsFindingSeverity severity, string id, string text, string advice) =>
        new() { Severity = severity.ToString(), Id = id, Text = text, Advice = advice };
}
