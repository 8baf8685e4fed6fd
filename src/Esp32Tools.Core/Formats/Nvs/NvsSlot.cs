using System;
using System.Linq;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>An entry as it is in flash, with the entries after it that belong to it, and its fault.</summary>
internal sealed class NvsSlot
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _image;
    private readonly int _page;

    /// <summary>Reads an entry; any bytes are allowed.</summary>
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
        HasKey = end > 0 && (Key.IndexOf('\uFFFD') < 0 || IsKey(Encoding.UTF8.GetBytes(Key), end));
        Length = HasCrc && Fits ? IsErased ? ErasedFrom(index) : Span : 1;
        Fault = NvsSlotRules.Check(this);
    }

    public int Index { get; }

    /// <summary>Place in the partition.</summary>
    public int Offset { get; }

    public int State { get; }

    public bool HasCrc { get; }

    public string Key { get; }

    /// <summary>True when the key is text and terminated.</summary>
    public bool HasKey { get; }

    /// <summary>True when its span is not zero and stays within its page.</summary>
    public bool Fits => Span >= 1 && Index + Span <= NvsFormat.EntriesPerPage;

    /// <summary>Number of entries that it takes, as far as is known.</summary>
    public int Length { get; set; }

    /// <summary>Its fault.</summary>
    public NvsFault Fault { get; }

    /// <summary>True when the firmware reads it. The firmware returns any string, UTF-8 or not.</summary>
    public bool IsIntact => Fault is NvsFault.None or NvsFault.Text;

    public byte Namespace => _image[Offset];

    public byte Type => _image[Offset + 1];

    public byte Span => _image[Offset + 2];

    public byte Chunk => _image[Offset + 3];

    public bool IsNamespace => Namespace == 0;

    public bool IsErased => State == NvsFormat.EntryErased;

    /// <summary>The value of an entry with a number.</summary>
    public ulong Bits => LittleEndian.ReadUInt32(_image, Offset + 24) | ((ulong)LittleEndian.ReadUInt32(_image, Offset + 28) << 32);

    /// <summary>Number of data bytes of an entry that has any.</summary>
    public int DataLength => LittleEndian.ReadUInt16(_image, Offset + 24);

    /// <summary>Length of the blob whose index this is.</summary>
    public uint BlobLength => LittleEndian.ReadUInt32(_image, Offset + 24);

    /// <summary>Chunks of the blob whose index this is.</summary>
    public byte Chunks => _image[Offset + 28];

    /// <summary>Number of the first chunk of the blob whose index this is.</summary>
    public byte FirstChunk => _image[Offset + 29];

    /// <summary>True for a type with data bytes after its entry.</summary>
    public bool HasData => Type is (byte)NvsType.String or NvsFormat.TypeBlobV1 or NvsFormat.TypeBlobData;

    /// <summary>True when it was never written.</summary>
    public static bool IsFree(byte[] image, int page, int index) =>
        NvsFormat.StateBits(image, page, index) is NvsFormat.EntryEmpty or NvsFormat.EntryErased
        && NvsFormat.IsBlank(image, OffsetOf(page, index), NvsFormat.EntrySize);

    /// <summary>Number of the first entry of a page after which nothing was written.</summary>
    public static int EndOf(byte[] image, int page)
    {
        int end = NvsFormat.EntriesPerPage;
        while (end > 0 && NvsFormat.StateBits(image, page, end - 1) == NvsFormat.EntryEmpty && IsFree(image, page, end - 1))
        {
            end--;
        }

        return end;
    }

    /// <summary>
    /// The value, as far as it is present; null when it cannot be read. For a blob of version 2, the data of this chunk.
    /// </summary>
    public object? Value()
    {
        if (!HasData)
        {
            return NvsNumber.Is((NvsType)Type) ? NvsNumber.FromBits((NvsType)Type, Bits) : Real();
        }

        return !HoldsData ? null : Type == (byte)NvsType.String ? TextOf(Encoding.UTF8) : Data();
    }

    /// <summary>The data bytes of the entry.</summary>
    public byte[] Data()
    {
        byte[] data = new byte[DataLength];
        Array.Copy(_image, Offset + NvsFormat.EntrySize, data, 0, data.Length);
        return data;
    }

    /// <summary>State of another entry of its page.</summary>
    public int StateOf(int index) => NvsFormat.StateBits(_image, _page, index);

    /// <summary>True when the CRC of its data bytes is right; they must be in its page.</summary>
    public bool HasDataCrc() =>
        LittleEndian.ReadUInt32(_image, Offset + 28) == Crc32.Of(_image, Offset + NvsFormat.EntrySize, DataLength, uint.MaxValue);

    /// <summary>True when its data bytes are complete.</summary>
    public bool IsWhole() => HoldsData && HasDataCrc();

    /// <summary>True when its data bytes are text with one zero byte, at the end.</summary>
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

    // Other entries may follow one whose data was cut off; bytes that are no entry belong to it, in any state.
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

    // An entry with a correct CRC.
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

    // The sign for a byte that is no text may itself be in a key, as in one that came out of a file of another encoding.
    private bool IsKey(byte[] key, int length) => key.SequenceEqual(new ArraySegment<byte>(_image, Offset + 8, length));
}
