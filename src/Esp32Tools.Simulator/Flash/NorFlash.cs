using System;
using System.Security.Cryptography;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The cells of a NOR flash: programming clears bits, erasing sets them, 4 KB at a time. What the pins see is
/// <see cref="NorFlashPins"/>; the loaders go to the cells as their flash routines do.
/// </summary>
internal sealed class NorFlash
{
    public const int SectorSize = 4096;
    public const int BlockSize = 65536;
    public const int PageSize = 256;

    private readonly PagedMemory _cells = new(0xFF);

    public NorFlash(FlashPart part) => Part = part;

    public FlashPart Part { get; }

    public long Size => Part.Size;

    /// <summary>The cells, to save and to load.</summary>
    public PagedMemory Cells => _cells;

    public bool IsBlank(uint sector) => _cells.IsBlankPage(sector);

    public void Read(uint address, byte[] buffer, int offset, int count)
    {
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

    public void Program(uint address, byte[] data, int offset, int count) =>
        _cells.And((uint)(address % Size), data, offset, count);

    public void EraseSector(uint address) => _cells.ClearPage((uint)(address % Size));

    public void EraseBlock(uint address)
    {
        uint start = (uint)(address % Size) / BlockSize * BlockSize;
        for (uint at = start; at < start + BlockSize; at += SectorSize)
        {
            _cells.ClearPage(at);
        }
    }

    public void EraseAll() => _cells.Clear();

    public byte[] Md5(uint address, uint count)
    {
        using var digest = MD5.Create();
        while (count > 0)
        {
            int within = (int)(address % PagedMemory.PageSize);
            int part = (int)Math.Min(count, (uint)(PagedMemory.PageSize - within));
            digest.TransformBlock(_cells.PageAt((uint)(address % Size)), within, part, null, 0);
            address += (uint)part;
            count -= (uint)part;
        }

        digest.TransformFinalBlock([], 0, 0);
        return digest.Hash!;
    }
}
