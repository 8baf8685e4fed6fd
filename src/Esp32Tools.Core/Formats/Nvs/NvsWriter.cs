using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Writes values entry after entry, like the vendor's generator, and requests the next page when one is full: a number takes one
/// entry; a string or a blob of version 1 fits in one page and leaves its last entry free; a blob of version 2 is split at page
/// ends, and its index follows.
/// </summary>
internal sealed class NvsWriter
{
    private readonly byte _version;
    private readonly Func<NvsPageWriter> _nextPage;
    private NvsPageWriter _page;

    /// <param name="version">The version as stored in pages.</param>
    /// <param name="nextPage">Begins a page; throws when there is none.</param>
    /// <param name="page">The page to go on with; null for the next one.</param>
    public NvsWriter(byte version, Func<NvsPageWriter> nextPage, NvsPageWriter? page = null)
    {
        _version = version;
        _nextPage = nextPage;
        _page = page ?? nextPage();
    }

    public void WriteNamespace(string name, byte number)
    {
        MakeRoom(entries: 1);
        _page.WriteNumber(0, (byte)NvsType.U8, name, number, sizeof(byte));
    }

    /// <summary>Writes a value.</summary>
    /// <param name="nameSpace">Number of the namespace.</param>
    /// <param name="item">The value.</param>
    /// <param name="firstChunk">Number of the first chunk of a blob.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.NvsItemInvalid"/>: too long for the version; and the exceptions of the next page.
    /// </exception>
    public void Write(byte nameSpace, NvsItem item, byte firstChunk = 0)
    {
        switch (item.Value)
        {
            case string text:
                WriteWhole(nameSpace, item, NvsValue.Utf8(text + "\0"));
                break;
            case byte[] bytes when _version == NvsFormat.Version1:
                WriteWhole(nameSpace, item, bytes);
                break;
            case byte[] bytes:
                WriteChunks(nameSpace, item.Key, bytes, firstChunk);
                break;
            default:
                MakeRoom(entries: 1);
                _page.WriteNumber(nameSpace, (byte)item.Type, item.Key, NvsNumber.Bits(item.Value), NvsNumber.SizeOf(item.Type));
                break;
        }
    }

    /// <summary>Copies entries from another image.</summary>
    public void Copy(byte[] image, NvsSlot slot)
    {
        MakeRoom(slot.Length);
        _page.Copy(image, slot);
    }

    /// <summary>Writes a blob in chunks, and their index.</summary>
    public void WriteChunks(byte nameSpace, string key, byte[] data, byte firstChunk)
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
            _page.WriteBytes(nameSpace, NvsFormat.TypeBlobData, (byte)(firstChunk + chunks), key, data, done, count);
            done += count;
            chunks++;
            if (done < data.Length || _page.Free == 0)
            {
                TurnPage();
            }
        }
        while (done < data.Length);

        _page.WriteIndex(nameSpace, key, data.Length, chunks, firstChunk);
    }

    private void WriteWhole(byte nameSpace, NvsItem item, byte[] data)
    {
        if (_version == NvsFormat.Version1 && data.Length > NvsFormat.LongestV1)
        {
            throw NvsErrors.Rule(
                $"It has {data.Length} bytes{(item.Type == NvsType.String ? " with its zero byte" : string.Empty)}; format version 1 takes {NvsFormat.LongestV1}.",
                "Shorten it, or use version 2 of the format.");
        }

        MakeRoom(1 + NvsPageWriter.EntriesFor(data.Length) + 1);
        byte type = item.Type == NvsType.String ? (byte)NvsType.String : NvsFormat.TypeBlobV1;
        _page.WriteBytes(nameSpace, type, NvsFormat.NoChunk, item.Key, data, 0, data.Length);
    }

    private void MakeRoom(int entries)
    {
        if (_page.Free < entries)
        {
            TurnPage();
        }
    }

    private void TurnPage()
    {
        NvsPageWriter next = _nextPage();
        _page.Close();
        _page = next;
    }
}
