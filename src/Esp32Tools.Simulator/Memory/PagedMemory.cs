using System;
using System.Collections.Generic;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Memory;

/// <summary>
/// Bytes by address, kept in pages that exist only once they differ from the fill byte: a blank 128 MB flash costs
/// nothing, and a digest over it needs one page.
/// </summary>
internal sealed class PagedMemory
{
    public const int PageSize = 4096;

    private readonly Dictionary<uint, byte[]> _pages = [];
    private readonly byte[] _blank = new byte[PageSize];

    public PagedMemory(byte fill)
    {
        Fill = fill;
        for (int i = 0; i < PageSize; i++)
        {
            _blank[i] = fill;
        }
    }

    /// <summary>The content of an address that was never written.</summary>
    public byte Fill { get; }

    /// <summary>Numbers (address / <see cref="PageSize"/>) of the pages that are not blank.</summary>
    public IReadOnlyCollection<uint> Pages => _pages.Keys;

    /// <summary>A page, for reading only.</summary>
    public byte[] PageAt(uint address) => _pages.TryGetValue(address / PageSize, out byte[]? page) ? page : _blank;

    public bool IsBlankPage(uint address)
    {
        if (!_pages.TryGetValue(address / PageSize, out byte[]? page))
        {
            return true;
        }

        foreach (byte value in page)
        {
            if (value != Fill)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fills a page with the fill byte.</summary>
    public void ClearPage(uint address) => _pages.Remove(address / PageSize);

    public void Clear() => _pages.Clear();

    public void Read(uint address, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int within = (int)(address % PageSize);
            int part = Math.Min(count, PageSize - within);
            Buffer.BlockCopy(PageAt(address), within, buffer, offset, part);
            address += (uint)part;
            offset += part;
            count -= part;
        }
    }

    public void Write(uint address, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int within = (int)(address % PageSize);
            int part = Math.Min(count, PageSize - within);
            Buffer.BlockCopy(buffer, offset, PageForWriting(address), within, part);
            address += (uint)part;
            offset += part;
            count -= part;
        }
    }

    /// <summary>Clears bits as a NOR cell does: new = old AND data.</summary>
    public void And(uint address, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int within = (int)(address % PageSize);
            int part = Math.Min(count, PageSize - within);
            byte[] page = PageForWriting(address);
            for (int i = 0; i < part; i++)
            {
                page[within + i] &= buffer[offset + i];
            }

            address += (uint)part;
            offset += part;
            count -= part;
        }
    }

    public uint ReadWord(uint address)
    {
        if (address % 4 == 0)
        {
            return LittleEndian.ReadUInt32(PageAt(address), (int)(address % PageSize));
        }

        byte[] word = new byte[4];
        Read(address, word, 0, 4);
        return LittleEndian.ReadUInt32(word, 0);
    }

    public void WriteWord(uint address, uint value)
    {
        byte[] word = new byte[4];
        LittleEndian.WriteUInt32(word, 0, value);
        Write(address, word, 0, 4);
    }

    private byte[] PageForWriting(uint address)
    {
        uint number = address / PageSize;
        if (!_pages.TryGetValue(number, out byte[]? page))
        {
            page = (byte[])_blank.Clone();
            _pages.Add(number, page);
        }

        return page;
    }
}
