using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Rules for related entries: namespaces, keys, blobs and their chunks.</summary>
internal static class NvsValueRules
{
    public static IEnumerable<NvsFinding> Check(NvsImage image)
    {
        (NvsPage Page, NvsSlot Slot)[] all =
        [
            .. from page in image.Pages.Where(page => page.IsRead)
               from slot in page.Slots
               where slot.HasCrc && slot.IsIntact
               orderby page.SequenceNumber, slot.Index
               select (page, slot),
        ];
        (NvsPage Page, NvsSlot Slot)[] written = [.. all.Where(pair => pair.Slot.State == NvsFormat.EntryWritten)];
        return
        [
            .. CheckNamespaces(image, [.. written.Where(pair => pair.Slot.IsNamespace)]),
            .. CheckKeys(image, [.. written.Where(pair => !pair.Slot.IsNamespace)]),
            .. written.Where(pair => pair.Slot.Type == NvsFormat.TypeBlobIndex).SelectMany(pair => CheckBlob(image, pair.Page, pair.Slot)),
            .. written.Where(pair => pair.Slot.Type == NvsFormat.TypeBlobData && !image.Contents.IsUsed(pair.Slot)).Select(pair => Extra(image, pair)),
            .. CheckErased(image, all),
        ];
    }

    private static IEnumerable<NvsFinding> CheckNamespaces(NvsImage image, (NvsPage Page, NvsSlot Slot)[] namespaces)
    {
        foreach (IGrouping<string, (NvsPage, NvsSlot)> same in namespaces.GroupBy(pair => pair.Slot.Key).Where(group => group.Count() > 1))
        {
            foreach ((NvsPage page, NvsSlot slot) in same.Skip(1))
            {
                yield return NvsEntryRules.Found(image, page, slot, Twice("is there already.", IsMoving(same)));
            }
        }

        foreach (IGrouping<byte, (NvsPage, NvsSlot)> same in namespaces.GroupBy(pair => (byte)pair.Slot.Bits))
        {
            foreach ((NvsPage page, NvsSlot slot) in same.Where(pair => pair.Item2.Key != same.First().Item2.Key))
            {
                yield return NvsEntryRules.Found(image, page, slot, Twice($"has the number {same.Key}, which another namespace has."));
            }
        }
    }

    // Values of all types share the keys of their namespace; chunks of a blob also have their number.
    private static IEnumerable<NvsFinding> CheckKeys(NvsImage image, (NvsPage Page, NvsSlot Slot)[] values) =>
        from same in values.GroupBy(pair => (pair.Slot.Namespace, pair.Slot.Key, pair.Slot.Type == NvsFormat.TypeBlobData ? pair.Slot.Chunk : -1))
        from pair in same.Skip(1)
        select NvsEntryRules.Found(image, pair.Page, pair.Slot, Twice("is there more than once.", IsMoving(same)));

    private static bool IsMoving(IEnumerable<(NvsPage Page, NvsSlot Slot)> same) => same.Any(pair => pair.Page.State == nameof(NvsPageState.Freeing));

    private static IEnumerable<NvsFinding> CheckBlob(NvsImage image, NvsPage page, NvsSlot index)
    {
        NvsSlot?[] chunks = image.Contents.ChunksOf(index);
        foreach (int missing in Enumerable.Range(0, chunks.Length).Where(number => chunks[number] is null))
        {
            yield return NvsEntryRules.Found(
                image, page, index,
                (NvsFindingSeverity.Error, "ChunkMissing", $"is a blob without its chunk {index.FirstChunk + missing}.", "The firmware erases the blob when it starts."));
        }

        long length = chunks.Sum(chunk => (long)(chunk?.DataLength ?? 0));
        if (chunks.All(chunk => chunk is not null) && length != index.BlobLength)
        {
            yield return NvsEntryRules.Found(
                image, page, index,
                (NvsFindingSeverity.Error, "BlobLength", $"is a blob of {index.BlobLength} bytes, and its chunks have {length}.", "Set the value again."));
        }
    }

    private static NvsFinding Extra(NvsImage image, (NvsPage Page, NvsSlot Slot) chunk) => NvsEntryRules.Found(
        image, chunk.Page, chunk.Slot,
        (NvsFindingSeverity.Warning, "ChunkExtra", $"is the chunk {chunk.Slot.Chunk} of a blob that has no such chunk.", "The firmware erases it when it starts."));

    // An entry that lost its state cannot be distinguished from one that the firmware deleted.
    private static IEnumerable<NvsFinding> CheckErased(NvsImage image, (NvsPage Page, NvsSlot Slot)[] all)
    {
        HashSet<(byte, string)> written = [.. all.Where(pair => !pair.Slot.IsErased).Select(pair => (pair.Slot.Namespace, pair.Slot.Key))];
        return from pair in all
               where pair.Slot.IsErased && written.Add((pair.Slot.Namespace, pair.Slot.Key))
               select NvsEntryRules.Found(
                   image, pair.Page, pair.Slot,
                   (NvsFindingSeverity.Information, "Deleted", "was deleted, and nothing is in its place.", "It can still be read until its page is erased."));
    }

    private static (NvsFindingSeverity, string, string, string) Twice(string text, bool isMoving = false) => isMoving
        ? (NvsFindingSeverity.Warning, "Duplicate", text, "The firmware finishes moving it when it starts.")
        : (NvsFindingSeverity.Error, "Duplicate", text, "The firmware may read either. Set the value again, or make the partition anew.");
}
