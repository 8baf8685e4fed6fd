using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>A page of an NVS partition.</summary>
public sealed record NvsPage
{
    private NvsPage(byte[] image, int index)
    {
        Index = index;
        Offset = index * NvsFormat.PageSize;
        State = LittleEndian.ReadUInt32(image, Offset) switch
        {
            NvsFormat.PageUnused => nameof(NvsPageState.Unused),
            NvsFormat.PageActive => nameof(NvsPageState.Active),
            NvsFormat.PageFull => nameof(NvsPageState.Full),
            NvsFormat.PageFreeing => nameof(NvsPageState.Freeing),
            NvsFormat.PageCorrupt or NvsFormat.PageCleared => nameof(NvsPageState.Corrupt),
            _ => nameof(NvsPageState.Unknown),
        };
        IsBlank = NvsFormat.IsBlank(image, Offset, NvsFormat.PageSize);
        SequenceNumber = LittleEndian.ReadUInt32(image, Offset + 4);
        Version = image[Offset + 8] switch
        {
            NvsFormat.Version1 => 1,
            NvsFormat.Version2 => 2,
            _ => 0,
        };
        IsHeaderIntact = HasIntactHeader(image, Offset);
        int[] states = [.. Enumerable.Range(0, NvsFormat.EntriesPerPage).Select(entry => NvsFormat.StateBits(image, Offset, entry))];
        Written = states.Count(state => state == NvsFormat.EntryWritten);
        Erased = states.Count(state => state == NvsFormat.EntryErased);
        Empty = states.Count(state => state == NvsFormat.EntryEmpty);
        Slots = IsBlank ? [] : Walk(image, Offset);
    }

    /// <summary>Its place in the partition, from 0.</summary>
    public int Index { get; }

    /// <summary>Address of its first byte in the partition.</summary>
    public int Offset { get; }

    /// <summary>State of the page.</summary>
    public string State { get; }

    /// <summary>
    /// Increases with each page that is put into use; of two pages with the same entry, the higher number is the newer.
    /// </summary>
    public uint SequenceNumber { get; }

    /// <summary>Version of its format, 1 or 2; 0 for an unknown version.</summary>
    public int Version { get; }

    /// <summary>True when the CRC of its header is right.</summary>
    public bool IsHeaderIntact { get; }

    /// <summary>True when the firmware reads its entries.</summary>
    public bool IsRead => State is nameof(NvsPageState.Active) or nameof(NvsPageState.Full) or nameof(NvsPageState.Freeing) && IsHeaderIntact && Version != 0;

    /// <summary>True when all its bytes are FF.</summary>
    public bool IsBlank { get; }

    /// <summary>Number of written entries, of 126.</summary>
    public int Written { get; }

    /// <summary>Number of erased entries; they become free again when the page is erased.</summary>
    public int Erased { get; }

    /// <summary>Number of free entries.</summary>
    public int Empty { get; }

    /// <summary>Port of the device it was read from; null for none.</summary>
    public string? PortName { get; init; }

    /// <summary>File it was read from; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>Its entries, without the free ones.</summary>
    internal IReadOnlyList<NvsSlot> Slots { get; }

    internal static NvsPage Read(byte[] image, int index) => new(image, index);

    /// <summary>True when the header of a page is erased or has the right CRC.</summary>
    internal static bool HasBlankOrIntactHeader(byte[] image, int page) =>
        NvsFormat.IsBlank(image, page, NvsFormat.BitmapOffset) || HasIntactHeader(image, page);

    private static bool HasIntactHeader(byte[] image, int page) =>
        LittleEndian.ReadUInt32(image, page + 28) == Crc32.Of(image, page + 4, 24, uint.MaxValue);

    private static List<NvsSlot> Walk(byte[] image, int page)
    {
        List<NvsSlot> slots = [];
        for (int index = 0; index < NvsFormat.EntriesPerPage;)
        {
            if (NvsSlot.IsFree(image, page, index))
            {
                index++;
                continue;
            }

            var slot = new NvsSlot(image, page, index);
            index += slot.Length;
            if (slot.Fault != NvsFault.None && !(slot.HasCrc && slot.Fits))
            {
                // Its length is unknown, and the bytes that follow may be its data: the next entry is the first one with a
                // correct CRC, or another state.
                while (index < NvsFormat.EntriesPerPage && !NvsSlot.IsFree(image, page, index)
                    && new NvsSlot(image, page, index) is { HasCrc: false } next && next.State == slot.State)
                {
                    slot.Length++;
                    index++;
                }
            }

            slots.Add(slot);
        }

        return slots;
    }
}
