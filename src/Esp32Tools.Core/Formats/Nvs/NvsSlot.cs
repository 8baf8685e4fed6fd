using System;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

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
        HasKey = end > 0 && Key.IndexOf('\uFFFD') < 0;
        Length = HasCrc && Fits ? IsErased ? ErasedFrom(index) : Span : 1;
        Fault = NvsSlotRules.Check(this);
    }

    public int Index { get; }

    /// <summary>Place in the partition.</summary>
    public int Offset { get; }

    public int State { get; }

    public bool HasCrc { get; }

    public string Key { get; }

    /// <summary>True when the key is text and ends.</summary>
    public bool HasKey { get; }

    /// <summary>True when it has entries, and all in its page.</summary>
    public bool Fits => Span >= 1 && Index + Span <= NvsFormat.EntriesPerPage;

    /// <summary>Entries that it takes, as far as can be told.</summary>
    public int Length { get; set; }

    /// <summary>What is wrong with it.</summary>
    public NvsFault Fault { get; }

    /// <summary>True when the firmware reads it as it stands. It gives out any string, UTF-8 or not.</summary>
    public bool IsIntact => Fault is NvsFault.None or NvsFault.Text;

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

    /// <summary>True for a type with bytes behind its entry.</summary>
    public bool HasData => Type is (byte)NvsType.String or NvsFormat.TypeBlobV1 or NvsFormat.TypeBlobData;

    /// <summary>True when nothing was ever written there.</summary>
    public static bool IsFree(byte[] image, int page, int index) =>
        NvsFormat.StateBits(image, page, index) is NvsFormat.EntryEmpty or NvsFormat.EntryErased
        && NvsFormat.IsBlank(image, OffsetOf(page, index), NvsFormat.EntrySize);

    /// <summary>Number of the first entry of a page behind which nothing was written.</summary>
    public static int EndOf(byte[] image, int page)
    {
        int end = NvsFormat.EntriesPerPage;
        while (end > 0 && NvsFormat.StateBits(image, page, end - 1) == NvsFormat.EntryEmpty && IsFree(image, page, end - 1))
        {
            end--;
        }

        return end;
    }

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

    /// <summary>State of another entry of its page.</summary>
    public int StateOf(int index) => NvsFormat.StateBits(_image, _page, index);

    /// <summary>True when the CRC of the bytes behind it is right; they have to be in its page.</summary>
    public bool HasDataCrc() =>
        LittleEndian.ReadUInt32(_image, Offset + 28) == Crc32.Of(_image, Offset + NvsFormat.EntrySize, DataLength, uint.MaxValue);

    /// <summary>True when the bytes behind it are all there.</summary>
    public bool IsWhole() => HoldsData && HasDataCrc();

    /// <summary>True when the bytes behind it are text with one zero byte, at its end.</summary>
    public bool IsText()
    {
        try
        {
            _ = TextOf(s_strict);
            return DataLength > 0 && Array.IndexOf(Data(), (byte)0) == DataLength - 1;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private bool HoldsData => Index + 1 + NvsPageWriter.EntriesFor(DataLength) <= NvsFormat.EntriesPerPage;

    private object? Real() => Type switch
    {
        (byte)NvsType.Float => BitConverter.ToSingle(_image, Offset + 24),
        (byte)NvsType.Double => BitConverter.ToDouble(_image, Offset + 24),
        _ => null,
    };

    // Behind an entry whose bytes were cut off others may stand; what is no entry belongs to it, whatever it is marked as.
    private int ErasedFrom(int index)
    {
        int end = index + 1;
        while (end < index + Span && StateOf(end) switch
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

    // Without the zero byte at its end.
    private string TextOf(Encoding encoding)
    {
        byte[] data = Data();
        int length = data.Length > 0 && data[data.Length - 1] == 0 ? data.Length - 1 : data.Length;
        return encoding.GetString(data, 0, length);
    }
}
