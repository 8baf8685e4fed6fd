using System;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// Flash work of a loader: takes the processor's time as the part's cells do, and may go wrong as the fault plan says.
/// </summary>
internal sealed class FlashCells
{
    /// <summary>The address bits of three address bytes.</summary>
    public const uint ShortReach = 0xFF_FFFF;

    private readonly ChipMachine _chip;
    private readonly uint _reach;

    /// <param name="chip">The chip.</param>
    /// <param name="reach">Address bits that the loader's flash routines send; those above are lost on the way.</param>
    public FlashCells(ChipMachine chip, uint reach)
    {
        _chip = chip;
        _reach = reach;
    }

    private NorFlash Flash => _chip.Flash;

    private FlashPart Part => _chip.Flash.Part;

    /// <summary>Erases a sector.</summary>
    /// <returns>False when the power failed in the middle and the chip has restarted; so do the erases below.</returns>
    public bool EraseSector(uint address) => Erase(address, NorFlash.SectorSize, Flash.EraseSector, Part.SectorErase);

    /// <summary>Erases whole sectors, 64 KB at a time where that fits.</summary>
    public bool EraseRange(uint address, uint end)
    {
        while (address < end)
        {
            bool isBlock = address % NorFlash.BlockSize == 0 && end - address >= NorFlash.BlockSize;
            if (!(isBlock ? Erase(address, NorFlash.BlockSize, Flash.EraseBlock, Part.BlockErase) : EraseSector(address)))
            {
                return false;
            }

            address += (uint)(isBlock ? NorFlash.BlockSize : NorFlash.SectorSize);
        }

        return true;
    }

    public bool EraseAll() =>
        Erase(0, Part.Size, _ => Flash.EraseAll(), TimeSpan.FromTicks(Part.ChipErasePerMegabyte.Ticks * Part.Size >> 20));

    public byte[] Read(uint address, int count) => Flash.Read(address & _reach, count);

    /// <summary>True when a sector is blank; looking takes the time of reading it.</summary>
    public bool LooksBlank(uint sector)
    {
        SpendReading(NorFlash.SectorSize);
        return Flash.IsBlank(sector & _reach);
    }

    /// <summary>Programs bytes, page by page.</summary>
    /// <returns>False when the supply dipped in the middle and the chip has restarted.</returns>
    public bool Program(uint address, byte[] data, int offset, int count)
    {
        if (count == 0)
        {
            return true;
        }

        if (_chip.Faults is { } faults)
        {
            if (faults.BrownOutInWrite() is not null)
            {
                Flash.Program(address & _reach, data, offset, count / 2);
                _chip.BrownOut();
                return false;
            }

            if (faults.SpoilsWrite())
            {
                data = (byte[])data.Clone();
                data[offset + (count / 2)] ^= 0x01;
            }
        }

        Flash.Program(address & _reach, data, offset, count);
        long firstPage = address / NorFlash.PageSize;
        long lastPage = (address + count - 1) / NorFlash.PageSize;
        _chip.Spend(TimeSpan.FromTicks(Part.PageProgram.Ticks * (lastPage - firstPage + 1)));
        return true;
    }

    /// <summary>MD5 over a range.</summary>
    /// <param name="address">Address of its first byte.</param>
    /// <param name="count">Its length, in bytes.</param>
    /// <param name="asRead">True when it was made while the bytes were read for something else, and takes no time of its own.</param>
    public byte[] Digest(uint address, uint count, bool asRead = false)
    {
        SpendReading(asRead ? 0 : count);
        byte[] digest = Flash.Md5(address & _reach, count);
        if (_chip.Faults?.SpoilsDigest() == true)
        {
            digest[0] ^= 0x01;
        }

        return digest;
    }

    private bool Erase(uint address, long unit, Action<uint> erase, TimeSpan time)
    {
        if (_chip.Faults?.BreaksErase() == true)
        {
            Flash.EraseHalf(address & _reach, unit);
            _chip.BrownOut();
            return false;
        }

        erase(address & _reach);
        _chip.Spend(time);
        return true;
    }

    private void SpendReading(long bytes) => _chip.Spend(TimeSpan.FromTicks(bytes * TimeSpan.TicksPerSecond / Part.ReadRate));
}
