using System;
using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Nvs;

/// <summary>
/// Packs values into an NVS partition, byte for byte as the vendor's generator does: values stand in the order in which they come,
/// and one that does not fit the rest of a page begins the next. A partition of three pages or more keeps its last page free, which
/// the firmware needs to write; a smaller one is for reading only and uses all it has.
/// </summary>
public sealed class NvsImageBuilder
{
    private readonly byte[] _image;
    private readonly byte _version;
    private readonly int _pages;
    private readonly Dictionary<string, byte> _namespaces = [];
    private readonly HashSet<(byte, string)> _keys = [];
    private readonly List<string> _warnings = [];
    private NvsPageWriter _page;
    private uint _pagesUsed;

    /// <summary>An empty partition.</summary>
    /// <param name="size">Bytes of the partition: a multiple of 4096. From 0x3000 on the firmware can write to it.</param>
    /// <param name="version">Version of the format: 2, or 1 for ESP-IDF before 4.0, where a blob cannot go over a page.</param>
    /// <exception cref="ImageException"><see cref="ErrorCode.ValueInvalid"/></exception>
    public NvsImageBuilder(int size, int version = 2)
    {
        if (size <= 0 || size % NvsFormat.PageSize != 0)
        {
            throw new ImageException(
                ErrorCode.ValueInvalid,
                $"An NVS partition cannot have 0x{size:X} bytes: they are no multiple of 0x{NvsFormat.PageSize:X}.",
                $"Give the size of the partition; 0x{NvsFormat.SmallestWritableSize:X} is the least that the firmware can write to.");
        }

        _version = version switch
        {
            1 => NvsFormat.Version1,
            2 => NvsFormat.Version2,
            _ => throw new ImageException(ErrorCode.ValueInvalid, $"NVS has no format version {version}.", "Give 2, or 1 for ESP-IDF before 4.0."),
        };
        _image = new byte[size];
        for (int i = 0; i < size; i++)
        {
            _image[i] = byte.MaxValue;
        }

        bool isWritable = size >= NvsFormat.SmallestWritableSize;
        _pages = (size / NvsFormat.PageSize) - (isWritable ? 1 : 0);
        _page = NextPage();
    }

    /// <summary>What is in order and still worth a look: a key that was given twice.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a value, and its namespace if it is not there yet.</summary>
    /// <exception cref="ImageException">
    /// <see cref="ErrorCode.NvsFull"/>; <see cref="ErrorCode.NvsItemInvalid"/>: too many namespaces, or a value too long for the version.
    /// </exception>
    public void Add(NvsItem item)
    {
        try
        {
            byte nameSpace = NamespaceOf(item.Namespace);
            if (item.Type != NvsType.Namespace)
            {
                Write(nameSpace, item);
            }
        }
        catch (ImageException error)
        {
            throw NvsErrors.At(item.ToString(), error, item.ToString());
        }
    }

    /// <summary>
    /// The image. From three pages on it has the size of the partition; below that it ends with the last page used, as the vendor's
    /// generator has it.
    /// </summary>
    public byte[] ToBytes()
    {
        int length = _image.Length >= NvsFormat.SmallestWritableSize ? _image.Length : (int)_pagesUsed * NvsFormat.PageSize;
        byte[] bytes = new byte[length];
        Array.Copy(_image, bytes, length);
        return bytes;
    }

    private byte NamespaceOf(string name)
    {
        if (_namespaces.TryGetValue(name, out byte known))
        {
            return known;
        }

        if (_namespaces.Count == NvsFormat.LastNamespace)
        {
            throw NvsErrors.Rule($"There is no number left for the namespace '{name}'.", $"Use {NvsFormat.LastNamespace} namespaces at most.");
        }

        byte number = (byte)(_namespaces.Count + 1);
        MakeRoom(entries: 1);
        _page.WriteNumber(0, (byte)NvsType.U8, name, number, sizeof(byte));
        _namespaces.Add(name, number);
        return number;
    }

    private void Write(byte nameSpace, NvsItem item)
    {
        if (!_keys.Add((nameSpace, item.Key)))
        {
            _warnings.Add($"The key '{item.Key}' is given more than once in the namespace '{item.Namespace}'. The firmware may read any of them.");
        }

        switch (item.Value)
        {
            case string text:
                WriteWhole(nameSpace, item, NvsValue.Utf8(text + "\0"));
                break;
            case byte[] bytes when _version == NvsFormat.Version1:
                WriteWhole(nameSpace, item, bytes);
                break;
            case byte[] bytes:
                WriteChunks(nameSpace, item.Key, bytes);
                break;
            default:
                MakeRoom(entries: 1);
                _page.WriteNumber(nameSpace, (byte)item.Type, item.Key, NvsNumber.Bits(item.Value), NvsNumber.SizeOf(item.Type));
                break;
        }
    }

    private void WriteWhole(byte nameSpace, NvsItem item, byte[] data)
    {
        if (_version == NvsFormat.Version1 && data.Length > NvsFormat.LongestV1)
        {
            throw NvsErrors.Rule(
                $"It has {data.Length} bytes{(item.Type == NvsType.String ? " with its zero byte" : string.Empty)}; format version 1 takes {NvsFormat.LongestV1}.",
                "Shorten it, or use version 2 of the format.");
        }

        // One entry more than it takes: the vendor's generator leaves the last one of a page free.
        MakeRoom(1 + NvsPageWriter.EntriesFor(data.Length) + 1);
        byte type = item.Type == NvsType.String ? (byte)NvsType.String : NvsFormat.TypeBlobV1;
        _page.WriteBytes(nameSpace, type, NvsFormat.NoChunk, item.Key, data, 0, data.Length);
    }

    private void WriteChunks(byte nameSpace, string key, byte[] data)
    {
        int done = 0;
        byte chunks = 0;
        do
        {
            if (chunks == NvsFormat.MostChunks)
            {
                throw NvsErrors.Rule($"The blob has {data.Length} bytes, more than {NvsFormat.MostChunks} pages hold.", "Shorten it, or split it.");
            }

            MakeRoom(entries: 1);
            int count = Math.Min(data.Length - done, (_page.Free - 1) * NvsFormat.EntrySize);
            _page.WriteBytes(nameSpace, NvsFormat.TypeBlobData, chunks, key, data, done, count);
            done += count;
            chunks++;
            if (done < data.Length || _page.Free == 0)
            {
                _page = NextPage();
            }
        }
        while (done < data.Length);

        _page.WriteIndex(nameSpace, key, data.Length, chunks, firstChunk: 0);
    }

    private void MakeRoom(int entries)
    {
        if (_page.Free < entries)
        {
            _page = NextPage();
        }
    }

    private NvsPageWriter NextPage()
    {
        if (_pagesUsed == _pages)
        {
            throw new ImageException(
                ErrorCode.NvsFull,
                $"It does not fit: an NVS partition of 0x{_image.Length:X} bytes has {_pages} pages for values.",
                "Take a larger partition, or fewer values.");
        }

        _page?.Close();
        int offset = (int)_pagesUsed * NvsFormat.PageSize;
        return NvsPageWriter.Begin(_image, offset, _pagesUsed++, _version);
    }
}
