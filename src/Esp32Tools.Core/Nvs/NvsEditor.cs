using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Nvs;

/// <summary>
/// Sets and removes single values in an NVS partition, all others staying what they are. It does as the firmware: the new entry goes
/// behind the last one, and the old one is marked as erased. When there is no room behind the last one, what is erased is cleared out
/// by writing all values anew.
/// </summary>
public static class NvsEditor
{
    private const byte SecondChunks = 0x80;

    /// <summary>Sets a value, and makes its namespace if it is not there; whatever had the key is replaced.</summary>
    /// <param name="image">The partition, plain; the bytes given stay as they are.</param>
    /// <param name="item">The value.</param>
    /// <returns>The partition with the value; the same bytes when it is there already.</returns>
    /// <exception cref="ImageException">
    /// <see cref="ErrorCode.NvsInvalid"/>: damaged or encrypted; <see cref="ErrorCode.NvsFull"/>; <see cref="ErrorCode.NvsItemInvalid"/>:
    /// no number left for the namespace, or too long for the version of the partition's format.
    /// </exception>
    public static byte[] Set(byte[] image, NvsItem item)
    {
        NvsImage read = ReadSound(image);
        if (read.Entries.Any(entry => entry.State == NvsEntryState.Written && IsSame(entry, item)) || IsThere(read, item))
        {
            return (byte[])image.Clone();
        }

        try
        {
            return Append(image, read, item) ?? Rebuild(image, read, item);
        }
        catch (ImageException error)
        {
            throw NvsErrors.At(item.ToString(), error, item.ToString());
        }
    }

    /// <summary>Removes a value.</summary>
    /// <param name="image">The partition, plain; the bytes given stay as they are.</param>
    /// <param name="nameSpace">The namespace.</param>
    /// <param name="key">The key.</param>
    /// <returns>The partition without it; the same bytes when it is not there.</returns>
    /// <exception cref="ImageException"><see cref="ErrorCode.NvsInvalid"/>: damaged or encrypted.</exception>
    public static byte[] Remove(byte[] image, string nameSpace, string key)
    {
        NvsImage read = ReadSound(image);
        byte[] result = (byte[])image.Clone();
        Erase(result, read, NumberOf(read, nameSpace), key);
        return result;
    }

    private static NvsImage ReadSound(byte[] image)
    {
        NvsFormat.RequirePages(image, null);
        var read = NvsImage.Parse(image);
        NvsFinding? error = NvsCheck.Run(read).FirstOrDefault(finding => finding.Severity == NvsFindingSeverity.Error);
        return error is null
            ? read
            : throw new ImageException(
                ErrorCode.NvsInvalid, $"The NVS partition is not in order, and changing it could lose more. {error.Text}", error.Advice);
    }

    private static bool IsSame(NvsEntry entry, NvsItem item) =>
        entry.Namespace == item.Namespace && entry.Key == item.Key && entry.Type == item.Type
        && (entry.Value is byte[] bytes ? bytes.SequenceEqual((byte[])item.Value) : Equals(entry.Value, item.Value));

    private static bool IsThere(NvsImage read, NvsItem item) => item.Type == NvsType.Namespace && read.Namespaces.Contains(item.Namespace);

    private static byte NumberOf(NvsImage read, string nameSpace) =>
        read.Contents.Namespaces.FirstOrDefault(pair => pair.Value == nameSpace).Key;

    // Null when there is no room.
    private static byte[]? Append(byte[] image, NvsImage read, NvsItem item)
    {
        if (read.Pages.Any(page => page.State == NvsPageState.Freeing))
        {
            return null;
        }

        byte[] result = (byte[])image.Clone();
        var blank = new Queue<NvsPage>(read.Pages.Where(page => page.IsBlank));
        int kept = read.Pages.Length - NvsFormat.PagesForValues(image.Length);
        uint sequence = read.Pages.Where(page => page.IsRead).Select(page => page.SequenceNumber + 1).DefaultIfEmpty().Max();
        byte version = VersionOf(read);
        try
        {
            NvsPage? active = read.Pages.FirstOrDefault(page => page.State == NvsPageState.Active && page.IsRead);
            NvsPageWriter? page = active is null ? null : new NvsPageWriter(result, active.Offset, UsedOf(image, active));
            var writer = new NvsWriter(version, NextPage, page);
            WriteItem(writer, read, item);
            Erase(result, read, NumberOf(read, item.Namespace), item.Key);
            return result;
        }
        catch (ImageException error) when (error.Code == ErrorCode.NvsFull)
        {
            return null;
        }

        NvsPageWriter NextPage() => blank.Count > kept
            ? NvsPageWriter.Begin(result, blank.Dequeue().Offset, sequence++, version)
            : throw NvsErrors.Full(image.Length, NvsFormat.PagesForValues(image.Length));
    }

    private static byte[] Rebuild(byte[] image, NvsImage read, NvsItem item)
    {
        byte[] result = NvsFormat.Blank(image.Length);
        int pages = NvsFormat.PagesForValues(image.Length);
        int used = 0;
        byte version = VersionOf(read);
        var writer = new NvsWriter(version, NextPage);
        byte replaced = NumberOf(read, item.Namespace);
        HashSet<(byte, string)> done = replaced == 0 ? [] : [(replaced, item.Key)];

        // What is in a page that was being moved may be in another one as well.
        IEnumerable<NvsSlot> slots =
            from page in read.Pages
            where page.IsRead
            orderby page.State == NvsPageState.Freeing, page.SequenceNumber
            from slot in page.Slots
            where slot.State == NvsFormat.EntryWritten && slot.Fault == NvsFault.None && slot.Type != NvsFormat.TypeBlobData
            select slot;
        foreach (NvsSlot slot in slots)
        {
            if (!done.Add((slot.Namespace, slot.Key)))
            {
                continue;
            }

            if (slot.Type == NvsFormat.TypeBlobIndex)
            {
                byte[] data = [.. read.Contents.ChunksOf(slot).SelectMany(chunk => chunk!.Data())];
                writer.WriteChunks(slot.Namespace, slot.Key, data, firstChunk: 0);
            }
            else
            {
                writer.Copy(image, slot);
            }
        }

        WriteItem(writer, read, item);
        return result;

        NvsPageWriter NextPage() => used < pages
            ? NvsPageWriter.Begin(result, used * NvsFormat.PageSize, (uint)used++, version)
            : throw NvsErrors.Full(image.Length, pages);
    }

    private static void WriteItem(NvsWriter writer, NvsImage read, NvsItem item)
    {
        byte number = NumberOf(read, item.Namespace);
        if (number == 0)
        {
            number = FreeNumber(read, item.Namespace);
            writer.WriteNamespace(item.Namespace, number);
        }

        if (item.Type != NvsType.Namespace)
        {
            bool isFirst = Slots(read, number, item.Key).Any(pair => pair.Slot.Type == NvsFormat.TypeBlobIndex && pair.Slot.FirstChunk == 0);
            writer.Write(number, item, isFirst ? SecondChunks : (byte)0);
        }
    }

    private static byte FreeNumber(NvsImage read, string nameSpace)
    {
        for (byte number = 1; number <= NvsFormat.LastNamespace; number++)
        {
            if (!read.Contents.Namespaces.ContainsKey(number))
            {
                return number;
            }
        }

        throw NvsErrors.NoNamespaceLeft(nameSpace);
    }

    private static void Erase(byte[] result, NvsImage read, byte nameSpace, string key)
    {
        foreach ((NvsPage page, NvsSlot slot) in Slots(read, nameSpace, key))
        {
            NvsPageWriter.Erase(result, page.Offset, slot.Index, slot.Length);
        }
    }

    // The entries of a key, chunks of blobs too. Number 0 is that of no namespace, and the names of namespaces are its keys.
    private static IEnumerable<(NvsPage Page, NvsSlot Slot)> Slots(NvsImage read, byte nameSpace, string key) => nameSpace == 0
        ? []
        : from page in read.Pages
          where page.IsRead
          from slot in page.Slots
          where slot.State == NvsFormat.EntryWritten && slot.HasCrc && slot.Namespace == nameSpace && slot.Key == key
          select (page, slot);

    private static int UsedOf(byte[] image, NvsPage page)
    {
        int used = NvsFormat.EntriesPerPage;
        while (used > 0 && NvsFormat.StateBits(image, page.Offset, used - 1) == NvsFormat.EntryEmpty
            && NvsSlot.IsFree(image, page.Offset, used - 1))
        {
            used--;
        }

        return used;
    }

    private static byte VersionOf(NvsImage read) =>
        read.Pages.Where(page => page.IsRead).OrderBy(page => page.SequenceNumber).LastOrDefault() is { Version: 1 } ? NvsFormat.Version1 : NvsFormat.Version2;
}
