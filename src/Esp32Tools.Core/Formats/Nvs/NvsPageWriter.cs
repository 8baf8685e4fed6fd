using System;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Writes one page inside an image, entry after entry.</summary>
internal sealed class NvsPageWriter
{
    private readonly byte[] _image;
    private readonly int _offset;

    /// <summary>A page with its header and some entries.</summary>
    public NvsPageWriter(byte[] image, int offset, int used)
    {
        _image = image;
        _offset = offset;
        Used = used;
    }

    /// <summary>Number of used entries.</summary>
    public int Used { get; private set; }

    /// <summary>Number of free entries.</summary>
    public int Free => NvsFormat.EntriesPerPage - Used;

    /// <summary>Begins a blank page.</summary>
    public static NvsPageWriter Begin(byte[] image, int offset, uint sequence, byte version)
    {
        LittleEndian.WriteUInt32(image, offset, NvsFormat.PageActive);
        LittleEndian.WriteUInt32(image, offset + 4, sequence);
        image[offset + 8] = version;
        LittleEndian.WriteUInt32(image, offset + 28, Crc32.Of(image, offset + 4, 24, uint.MaxValue));
        return new NvsPageWriter(image, offset, used: 0);
    }

    /// <summary>Closes the page: no more entries.</summary>
    public void Close() => LittleEndian.WriteUInt32(_image, _offset, NvsFormat.PageFull);

    /// <summary>Writes a number.</summary>
    public void WriteNumber(byte nameSpace, byte type, string key, ulong bits, int size)
    {
        int at = Head(nameSpace, type, span: 1, NvsFormat.NoChunk, key);
        for (int i = 0; i < size; i++)
        {
            _image[at + 24 + i] = (byte)(bits >> (8 * i));
        }

        Finish(at, span: 1);
    }

    /// <summary>Writes an entry and its data bytes.</summary>
    public void WriteBytes(byte nameSpace, byte type, byte chunk, string key, byte[] data, int start, int count)
    {
        int span = 1 + EntriesFor(count);
        int at = Head(nameSpace, type, span, chunk, key);
        LittleEndian.WriteUInt16(_image, at + 24, (ushort)count);
        LittleEndian.WriteUInt32(_image, at + 28, Crc32.Of(data, start, count, uint.MaxValue));
        Array.Copy(data, start, _image, at + NvsFormat.EntrySize, count);
        Finish(at, span);
    }

    /// <summary>Writes the index of a blob.</summary>
    public void WriteIndex(byte nameSpace, string key, int size, byte chunks, byte firstChunk)
    {
        int at = Head(nameSpace, NvsFormat.TypeBlobIndex, span: 1, NvsFormat.NoChunk, key);
        LittleEndian.WriteUInt32(_image, at + 24, (uint)size);
        _image[at + 28] = chunks;
        _image[at + 29] = firstChunk;
        Finish(at, span: 1);
    }

    /// <summary>Copies entries from another image.</summary>
    public void Copy(byte[] image, NvsSlot slot)
    {
        int at = _offset + NvsFormat.EntriesOffset + (Used * NvsFormat.EntrySize);
        Array.Copy(image, slot.Offset, _image, at, slot.Length * NvsFormat.EntrySize);
        Take(slot.Length);
    }

    /// <summary>Marks entries as erased.</summary>
    public static void Erase(byte[] image, int offset, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            image[offset + NvsFormat.BitmapOffset + (i / 4)] &= (byte)~(0b11 << (2 * (i % 4)));
        }
    }

    /// <summary>Number of entries that a number of bytes takes.</summary>
    public static int EntriesFor(int count) => (count + NvsFormat.EntrySize - 1) / NvsFormat.EntrySize;

    // A blank page is all FF, so that unwritten bytes need no padding.
    private int Head(byte nameSpace, byte type, int span, byte chunk, string key)
    {
        int at = _offset + NvsFormat.EntriesOffset + (Used * NvsFormat.EntrySize);
        _image[at] = nameSpace;
        _image[at + 1] = type;
        _image[at + 2] = (byte)span;
        _image[at + 3] = chunk;
        Array.Clear(_image, at + 8, 16);
        Encoding.UTF8.GetBytes(key, 0, key.Length, _image, at + 8);
        return at;
    }

    private void Finish(int at, int span)
    {
        uint crc = Crc32.Of(_image, at + 8, 24, Crc32.Of(_image, at, 4, uint.MaxValue));
        LittleEndian.WriteUInt32(_image, at + 4, crc);
        Take(span);
    }

    private void Take(int span)
    {
        for (int i = Used; i < Used + span; i++)
        {
            _image[_offset + NvsFormat.BitmapOffset + (i / 4)] &= (byte)~(0b01 << (2 * (i % 4)));
        }

        Used += span;
    }
}
