using System;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Nvs;

/// <summary>An entry as it stands in flash, with the entries behind it that belong to it, and what is wrong with it.</summary>
internal sealed class NvsSlot
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _image;
    private readonly int _page;

    /// <summary>Reads an entry; it may be anything.</summary>
    public NvsSlot(byte[] image, int page, int index)
    {
        _image = image;
        _page = page;
        Index = index;
        Offset = OffsetOf(page, index);
        State = NvsFormat.StateBits(image, page, index);
        HasCrc = IsEntry(image, page, index);
        int end = Array.IndexOf(image, (byte)0, Offset + 8, 16) - Offset - 8;
        Key = Encoding.UTF8.GetString(image, Offset + 8, end < 0 ? 16 : end);
        bool fits = Span >= 1 && index + Span <= NvsFormat.EntriesPerPage;
        Length = HasCrc && fits ? IsErased ? ErasedFrom(index) : Span : 1;
        Fault = FindFault(fits, end);
    }

    public int Index { get; }

    /// <summary>Place in the partition.</summary>
    public int Offset { get; }

    public int State { get; }

    public bool HasCrc { get; }

    public string Key { get; }

    /// <summary>Entries that it takes, as far as can be told.</summary>
    public int Length { get; set; }

    public NvsFault Fault { get; }

    public byte Namespace => _image[Offset];

    public byte Type => _image[Offset + 1];

    public byte Span => _image[Offset + 2];

    public byte Chunk => _image[Offset + 3];

    public bool IsNamespace => Namespace == 0;

    public bool IsErased => State == NvsFormat.EntryErased;

    /// <summary>The number of an entry that is one.</summary>
    public ulong Bits => LittleEndian.ReadUInt32(_image, Offset + 24) | ((ulong)LittleEndian.ReadUInt32(_image, Offset + 28) << 32);

    /// <summary>Bytes behind an entry that has some.</summary>
    public int DataLength => LittleEndian.ReadUInt16(_image, Offset + 24);

    /// <summary>Length of the blob whose index this is.</summary>
    public uint BlobLength => LittleEndian.ReadUInt32(_image, Offset + 24);

    /// <summary>Chunks of the blob whose index this is.</summary>
    public byte Chunks => _image[Offset + 28];

    /// <summary>Number of the first chunk of the blob whose index this is.</summary>
    public byte FirstChunk => _image[Offset + 29];

    private bool HasData => Type is (byte)NvsType.String or NvsFormat.TypeBlobV1 or NvsFormat.TypeBlobData;

    /// <summary>True when nothing was ever written there.</summary>
    public static bool IsFree(byte[] image, int page, int index) =>
        NvsFormat.StateBits(image, page, index) is NvsFormat.EntryEmpty or NvsFormat.EntryErased
        && NvsFormat.IsBlank(image, OffsetOf(page, index), NvsFormat.EntrySize);

    /// <summary>The value, as far as it is there; null when nothing can be made of it. Of a blob of version 2: of this chunk.</summary>
    public object? Value()
    {
        if (!HasData)
        {
            return NvsNumber.Is((NvsType)Type) ? NvsNumber.FromBits((NvsType)Type, Bits) : Real();
        }

        return !HoldsData ? null : Type == (byte)NvsType.String ? TextOf(Encoding.UTF8) : Data();
    }

    /// <summary>The bytes behind the entry.</summary>
    public byte[] Data()
    {
        byte[] data = new byte[DataLength];
        Array.Copy(_image, Offset + NvsFormat.EntrySize, data, 0, data.Length);
        return data;
    }

    private bool HoldsData => Index + 1 + NvsPageWriter.EntriesFor(DataLength) <= NvsFormat.EntriesPerPage;

    private object? Real() => Type switch
    {
        (byte)NvsType.Float => BitConverter.ToSingle(_image, Offset + 24),
        (byte)NvsType.Double => BitConverter.ToDouble(_image, Offset + 24),
        _ => null,
    };

    private NvsFault FindFault(bool fits, int keyLength)
    {
        if (State is not (NvsFormat.EntryEmpty or NvsFormat.EntryWritten or NvsFormat.EntryErased))
        {
            return NvsFault.State;
        }

        if (State == NvsFormat.EntryEmpty)
        {
            return NvsFault.NotMarked;
        }

        if (IsErased)
        {
            // What was cut off while it was being written is marked as erased, whatever it is.
            return Length > 1 && NvsFormat.StateBits(_image, _page, Index + Length - 1) != State ? NvsFault.Parts : NvsFault.None;
        }

        if (!HasCrc)
        {
            return NvsFault.Crc;
        }

        if (!fits)
        {
            return NvsFault.Span;
        }

        for (int i = Index + 1; i < Index + Span; i++)
        {
            if (NvsFormat.StateBits(_image, _page, i) != State)
            {
                return NvsFault.Parts;
            }
        }

        return FindContentFault(keyLength);
    }

    // Behind an entry whose bytes were cut off others may stand; what is no entry belongs to it, whatever it is marked as.
    private int ErasedFrom(int index)
    {
        int end = index + 1;
        while (end < index + Span && NvsFormat.StateBits(_image, _page, end) switch
        {
            NvsFormat.EntryErased => true,
            NvsFormat.EntryWritten => !IsEntry(_image, _page, end),
            _ => false,
        })
        {
            end++;
        }

        return end - index;
    }

    private static int OffsetOf(int page, int index) => page + NvsFormat.EntriesOffset + (index * NvsFormat.EntrySize);

    // An entry with its CRC.
    private static bool IsEntry(byte[] image, int page, int index)
    {
        int offset = OffsetOf(page, index);
        return LittleEndian.ReadUInt32(image, offset + 4) == Crc32.Of(image, offset + 8, 24, Crc32.Of(image, offset, 4, uint.MaxValue));
    }

    private NvsFault FindContentFault(int keyLength)
    {
        if (keyLength <= 0 || Key.IndexOf('\uFFFD') >= 0)
        {
            return NvsFault.Key;
        }

        if (IsNamespace)
        {
            return Type == (byte)NvsType.U8 && Span == 1 && (byte)Bits is >= 1 and <= NvsFormat.LastNamespace ? NvsFault.None : NvsFault.Namespace;
        }

        bool isKnown = HasData || NvsNumber.Is((NvsType)Type) || Type is (byte)NvsType.Float or (byte)NvsType.Double or NvsFormat.TypeBlobIndex;
        if (!isKnown)
        {
            return NvsFault.Type;
        }

        if (Span != 1 + (HasData ? NvsPageWriter.EntriesFor(DataLength) : 0))
        {
            return NvsFault.Span;
        }

        if (HasData && LittleEndian.ReadUInt32(_image, Offset + 28) != Crc32.Of(_image, Offset + NvsFormat.EntrySize, DataLength, uint.MaxValue))
        {
            return NvsFault.DataCrc;
        }

        return Type == (byte)NvsType.String && !IsText() ? NvsFault.Text : NvsFault.None;
    }

    private bool IsText()
    {
        try
        {
            return TextOf(s_strict).Length >= 0 && Array.IndexOf(Data(), (byte)0) == DataLength - 1;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // Without the zero byte at its end.
    private string TextOf(Encoding encoding)
    {
        byte[] data = Data();
        int length = data.Length > 0 && data[data.Length - 1] == 0 ? data.Length - 1 : data.Length;
        return encoding.GetString(data, 0, length);
    }
}
