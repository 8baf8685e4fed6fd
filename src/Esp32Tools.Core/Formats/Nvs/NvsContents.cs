using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Combines related entries: numbers and names of namespaces, indexes and chunks of blobs.</summary>
internal sealed class NvsContents
{
    private readonly Dictionary<byte, string> _allNamespaces = [];
    private readonly Dictionary<(byte, string, byte), NvsSlot> _chunks = [];
    private readonly ILookup<(byte, string, byte), NvsSlot> _erasedChunks;
    private readonly HashSet<NvsSlot> _used = [];
    private readonly IReadOnlyList<NvsPage> _pages;

    public NvsContents(IReadOnlyList<NvsPage> pages)
    {
        _pages = pages;
        _erasedChunks = pages.SelectMany(page => page.Slots)
            .Where(slot => slot.IsErased && slot.HasCrc && slot.Type == NvsFormat.TypeBlobData && slot.IsWhole())
            .ToLookup(slot => (slot.Namespace, slot.Key, slot.Chunk));

        // A page that the firmware does not read may still identify its entries.
        foreach (NvsPage page in pages.OrderBy(page => page.IsRead ? 0 : 1).ThenBy(page => page.SequenceNumber))
        {
            foreach (NvsSlot slot in page.Slots.Where(slot => slot.State == NvsFormat.EntryWritten && slot.IsIntact))
            {
                Note(slot, page.IsRead);
            }
        }

        // The indexes come first: they tell which chunks are orphans.
        (NvsPage Page, NvsSlot Slot)[] all = [.. pages.SelectMany(page => page.Slots, (page, slot) => (page, slot)).Where(pair => IsValue(pair.slot))];
        Dictionary<NvsSlot, NvsEntry> blobs = all
            .Where(pair => pair.Slot.Type == NvsFormat.TypeBlobIndex).ToDictionary(pair => pair.Slot, pair => Blob(pair.Page, pair.Slot));
        foreach ((NvsPage page, NvsSlot slot) in all)
        {
            if (blobs.TryGetValue(slot, out NvsEntry? blob))
            {
                Entries.Add(blob);
            }
            else if (!_used.Contains(slot))
            {
                Entries.Add(Single(page, slot));
            }
        }
    }

    /// <summary>Names of the namespaces that the firmware finds, by number.</summary>
    public Dictionary<byte, string> Namespaces { get; } = [];

    /// <summary>All values.</summary>
    public List<NvsEntry> Entries { get; } = [];

    /// <summary>The chunks of a blob, null for those that are missing.</summary>
    public NvsSlot?[] ChunksOf(NvsSlot index) =>
        [.. Enumerable.Range(index.FirstChunk, index.Chunks).Select(number => ChunkOf(index, number))];

    /// <summary>True when a chunk belongs to a blob that has an index.</summary>
    public bool IsUsed(NvsSlot chunk) => _used.Contains(chunk);

    /// <summary>Number of a namespace; 0 when it does not exist.</summary>
    public byte NumberOf(string nameSpace) => Namespaces.FirstOrDefault(pair => pair.Value == nameSpace).Key;

    /// <summary>The lowest number that no namespace has; null when all are taken.</summary>
    public byte? FreeNumber()
    {
        for (byte number = 1; number <= NvsFormat.LastNamespace; number++)
        {
            if (!Namespaces.ContainsKey(number))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>
    /// The entries of a key, including chunks of blobs. Number 0 is not a namespace: its keys are the names of namespaces.
    /// </summary>
    public IEnumerable<(NvsPage Page, NvsSlot Slot)> SlotsOf(byte nameSpace, string key) =>
        from page in _pages
        where page.IsRead && nameSpace != 0
        from slot in page.Slots
        where slot.State == NvsFormat.EntryWritten && slot.HasCrc && slot.Namespace == nameSpace && slot.Key == key
        select (page, slot);

    /// <summary>Marks the entries of a key as erased in an image that has them at the same places.</summary>
    public void Erase(byte[] image, string nameSpace, string key)
    {
        foreach ((NvsPage page, NvsSlot slot) in SlotsOf(NumberOf(nameSpace), key))
        {
            NvsPageWriter.Erase(image, page.Offset, slot.Index, slot.Length);
        }
    }

    private NvsSlot? ChunkOf(NvsSlot index, int number) =>
        number <= byte.MaxValue && _chunks.TryGetValue((index.Namespace, index.Key, (byte)number), out NvsSlot? chunk) ? chunk : null;

    // An entry with a damaged header has nothing to show.
    private static bool IsValue(NvsSlot slot) => slot.HasCrc && !slot.IsNamespace;

    private void Note(NvsSlot slot, bool isRead)
    {
        if (slot.IsNamespace)
        {
            byte number = (byte)slot.Bits;
            if (isRead && !Namespaces.ContainsKey(number))
            {
                Namespaces.Add(number, slot.Key);
            }

            if (!_allNamespaces.ContainsKey(number))
            {
                _allNamespaces.Add(number, slot.Key);
            }
        }
        else if (slot.Type == NvsFormat.TypeBlobData && isRead)
        {
            // Of two entries, the firmware finds the one in the earlier page first.
            (byte, string, byte) id = (slot.Namespace, slot.Key, slot.Chunk);
            if (!_chunks.ContainsKey(id))
            {
                _chunks.Add(id, slot);
            }
        }
    }

    private NvsEntry Blob(NvsPage page, NvsSlot index)
    {
        NvsEntry entry = Single(page, index) with { Type = nameof(NvsType.Blob), Size = (int)System.Math.Min(index.BlobLength, int.MaxValue) };
        if (entry.State != nameof(NvsEntryState.Written))
        {
            return index.IsErased ? Deleted(entry, index) : entry;
        }

        NvsSlot?[] chunks = ChunksOf(index);
        _used.UnionWith(chunks.OfType<NvsSlot>());
        bool isWhole = chunks.All(chunk => chunk is not null) && chunks.Sum(chunk => (long)chunk!.DataLength) == index.BlobLength;
        return isWhole ? entry with { Value = chunks.SelectMany(chunk => chunk!.Data()).ToArray() } : entry with { State = nameof(NvsEntryState.Unreadable) };
    }

    // Once a blob was replaced more than once, its chunks cannot be attributed any more.
    private NvsEntry Deleted(NvsEntry entry, NvsSlot index)
    {
        NvsSlot[][] found =
        [
            .. Enumerable.Range(index.FirstChunk, index.Chunks)
                .Select(number => _erasedChunks[(index.Namespace, index.Key, (byte)number)].ToArray()),
        ];
        if (found.Any(same => same.Length != 1) || found.Sum(same => (long)same[0].DataLength) != index.BlobLength)
        {
            return entry;
        }

        _used.UnionWith(found.Select(same => same[0]));
        return entry with { Value = found.SelectMany(same => same[0].Data()).ToArray() };
    }

    private NvsEntry Single(NvsPage page, NvsSlot slot)
    {
        bool isKnown = Namespaces.ContainsKey(slot.Namespace);
        bool isChunk = slot.Type == NvsFormat.TypeBlobData;
        bool isRead = page.IsRead && slot.IsIntact && slot.State == NvsFormat.EntryWritten && isKnown && !isChunk;
        NvsType? type = TypeOf(slot.Type);
        return new NvsEntry
        {
            Namespace = _allNamespaces.TryGetValue(slot.Namespace, out string? name) ? name : null,
            NamespaceIndex = slot.Namespace,
            Key = slot.Key,
            Type = type?.ToString(),
            Value = slot.Value(),
            State = isRead ? nameof(NvsEntryState.Written) : slot.IsErased ? nameof(NvsEntryState.Erased) : nameof(NvsEntryState.Unreadable),
            Size = type is { } number && NvsNumber.Is(number) ? NvsNumber.SizeOf(number) : slot.DataLength,
            Page = page.Index,
            Entry = slot.Index,
            Offset = slot.Offset,
        };
    }

    private static NvsType? TypeOf(byte type) => type switch
    {
        NvsFormat.TypeBlobV1 or NvsFormat.TypeBlobData or NvsFormat.TypeBlobIndex => NvsType.Blob,
        (byte)NvsType.String or (byte)NvsType.Float or (byte)NvsType.Double => (NvsType)type,
        _ => NvsNumber.Is((NvsType)type) ? (NvsType)type : null,
    };
}
