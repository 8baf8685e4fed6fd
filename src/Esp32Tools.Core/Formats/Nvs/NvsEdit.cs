using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>One value to be written into an intact partition.</summary>
internal sealed class NvsEdit
{
    private const byte SecondChunks = 0x80;

    private readonly byte[] _image;
    private readonly NvsImage _read;
    private readonly NvsItem _item;
    private readonly byte _version;
    private readonly int _pages;

    public NvsEdit(byte[] image, NvsImage read, NvsItem item)
    {
        _image = image;
        _read = read;
        _item = item;
        _pages = NvsFormat.PagesForValues(image.Length);
        NvsPage? newest = read.Pages.Where(page => page.IsRead).OrderBy(page => page.SequenceNumber).LastOrDefault();
        _version = newest is { Version: 1 } ? NvsFormat.Version1 : NvsFormat.Version2;
    }

    /// <summary>Writes the value after the last one and erases the old entries of its key; null when there is no room.</summary>
    public byte[]? Append()
    {
        if (_read.Pages.Any(page => page.State == nameof(NvsPageState.Freeing)))
        {
            return null;
        }

        byte[] result = (byte[])_image.Clone();
        var blank = new Queue<NvsPage>(_read.Pages.Where(page => page.IsBlank));
        int kept = _read.Pages.Length - _pages;
        uint sequence = _read.Pages.Where(page => page.IsRead).Select(page => page.SequenceNumber + 1).DefaultIfEmpty().Max();
        NvsPage? active = _read.Pages.FirstOrDefault(page => page.State == nameof(NvsPageState.Active) && page.IsRead);
        NvsPageWriter? last = active is null ? null : new NvsPageWriter(result, active.Offset, NvsSlot.EndOf(_image, active.Offset));
        try
        {
            Write(new NvsWriter(_version, NextPage, last));
        }
        catch (InputException error) when (error.Code == ErrorCode.NvsFull)
        {
            return null;
        }

        _read.Contents.Erase(result, _item.Namespace, _item.Key);
        return result;

        NvsPageWriter NextPage() => blank.Count > kept
            ? NvsPageWriter.Begin(result, blank.Dequeue().Offset, sequence++, _version)
            : throw NvsErrors.Full(_image.Length, _pages);
    }

    /// <summary>Rewrites all values, without the erased ones, and the new value after them.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsFull"/></exception>
    public byte[] Rebuild()
    {
        byte[] result = NvsFormat.Blank(_image.Length);
        int used = 0;
        var writer = new NvsWriter(_version, NextPage);

        // Entries of a page that was being moved may also be in another page.
        byte number = _read.Contents.NumberOf(_item.Namespace);
        HashSet<(byte, string)> done = number == 0 ? [] : [(number, _item.Key)];
        foreach (NvsSlot slot in _read.Pages.OrderBy(page => page.State == nameof(NvsPageState.Freeing)).ThenBy(page => page.SequenceNumber).SelectMany(Values))
        {
            if (!done.Add((slot.Namespace, slot.Key)))
            {
                continue;
            }

            if (slot.Type == NvsFormat.TypeBlobIndex)
            {
                byte[] data = [.. _read.Contents.ChunksOf(slot).SelectMany(chunk => chunk!.Data())];
                writer.WriteChunks(slot.Namespace, slot.Key, data, firstChunk: 0);
            }
            else
            {
                writer.Copy(_image, slot);
            }
        }

        Write(writer);
        return result;

        NvsPageWriter NextPage() => used < _pages
            ? NvsPageWriter.Begin(result, used * NvsFormat.PageSize, (uint)used++, _version)
            : throw NvsErrors.Full(_image.Length, _pages);
    }

    private static IEnumerable<NvsSlot> Values(NvsPage page) => page.Slots.Where(slot =>
        page.IsRead && slot.State == NvsFormat.EntryWritten && slot.IsIntact && slot.Type != NvsFormat.TypeBlobData);

    private void Write(NvsWriter writer)
    {
        byte number = _read.Contents.NumberOf(_item.Namespace);
        if (number == 0)
        {
            number = _read.Contents.FreeNumber() ?? throw NvsErrors.NoNamespaceLeft(_item.Namespace);
            writer.WriteNamespace(_item.Namespace, number);
        }

        if (_item.Type != NvsType.Namespace)
        {
            bool hasFirstChunks = _read.Contents.SlotsOf(number, _item.Key)
                .Any(pair => pair.Slot.Type == NvsFormat.TypeBlobIndex && pair.Slot.FirstChunk == 0);
            writer.Write(number, _item, hasFirstChunks ? SecondChunks : (byte)0);
        }
    }
}
