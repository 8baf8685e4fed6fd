using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The cells of a NOR flash: programming clears bits, erasing sets them, 4 KB at a time, and neither changes cells that
/// the status registers protect, or a part that sleeps. <see cref="NorFlashPins"/> is the view from the pins; the loaders
/// access the cells as their flash routines do.
/// </summary>
internal sealed class NorFlash
{
    public const int SectorSize = 4096;
    public const int HalfBlockSize = 32768;
    public const int BlockSize = 65536;
    public const int PageSize = 256;

    private const byte Erased = 0xFF;

    private readonly PagedMemory _cells = new(Erased);

    public NorFlash(FlashPart part) => Part = part;

    public FlashPart Part { get; }

    public long Size => Part.Size;

    /// <summary>The cells, to save and to load.</summary>
    public PagedMemory Cells => _cells;

    public StatusRegisters Status { get; } = new();

    /// <summary>True in power-down: the cells cannot be read.</summary>
    public bool IsAsleep { get; set; }

    /// <summary>Switches the power on: volatile settings are gone.</summary>
    public void PowerUp()
    {
        IsAsleep = false;
        Status.Reset();
    }

    public bool IsBlank(uint sector) => IsAsleep || _cells.IsBlankPage((uint)(sector % Size));

    public void Read(uint address, byte[] buffer, int offset, int count)
    {
        if (IsAsleep)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = Erased;
            }

            return;
        }

        // The part ignores address bits above its size, so reading wraps.
        while (count > 0)
        {
            uint inside = (uint)(address % Size);
            int part = (int)Math.Min(count, Size - inside);
            _cells.Read(inside, buffer, offset, part);
            address += (uint)part;
            offset += part;
            count -= part;
        }
    }

    public byte[] Read(uint address, int count)
    {
        byte[] buffer = new byte[count];
        Read(address, buffer, 0, count);
        return buffer;
    }

    /// <summary>Programs bytes, one page after the other.</summary>
    public void Program(uint address, byte[] data, int offset, int count)
    {
        while (count > 0)
        {
            int part = Math.Min(count, PageSize - (int)(address % PageSize));
            if (MayChange(address, part))
            {
                _cells.And((uint)(address % Size), data, offset, part);
            }

            address += (uint)part;
            offset += part;
            count -= part;
        }
    }

    public void EraseSector(uint address) => Erase(address, SectorSize);

    public void EraseHalfBlock(uint address) => Erase(address, HalfBlockSize);

    public void EraseBlock(uint address) => Erase(address, BlockSize);

    public void EraseAll()
    {
        if (MayChange(0, Size))
        {
            _cells.Clear();
        }
    }

    /// <summary>Begins an erase that the loss of power ends: the first half of the cells is erased, the rest keeps its contents.</summary>
    /// <param name="address">An address in the unit.</param>
    /// <param name="unit">Length of the erase in bytes: a sector, a block, or the whole part.</param>
    public void EraseHalf(uint address, long unit)
    {
        long start = address % Size / unit * unit;
        if (!MayChange(start, unit))
        {
            return;
        }

        long half = unit / 2;
        foreach (uint page in _cells.Pages.Where(page => page * SectorSize >= start && page * SectorSize < start + half).ToArray())
        {
            byte[] blank = [.. Enumerable.Repeat(Erased, (int)Math.Min(half, SectorSize))];
            _cells.Write((uint)(page * SectorSize), blank, 0, blank.Length);
        }
    }

    public byte[] Md5(uint address, uint count)
    {
        using var digest = MD5.Create();
        byte[] erased = IsAsleep ? Read(0, PagedMemory.PageSize) : [];
        while (count > 0)
        {
            int within = (int)(address % PagedMemory.PageSize);
            int part = (int)Math.Min(count, (uint)(PagedMemory.PageSize - within));
            digest.TransformBlock(IsAsleep ? erased : _cells.PageAt((uint)(address % Size)), within, part, null, 0);
            address += (uint)part;
            count -= (uint)part;
        }

        digest.TransformFinalBlock([], 0, 0);
        return digest.Hash!;
    }

    private bool MayChange(long address, long count) => !IsAsleep && !Status.Protects(address % Size, count, Size);

    private void Erase(uint address, int unit)
    {
        uint start = (uint)(address % Size / unit * unit);
        if (!MayChange(start, unit))
        {
            return;
        }

        for (uint at = start; at < start + unit; at += SectorSize)
        {
            _cells.ClearPage(at);
        }
    }
}
