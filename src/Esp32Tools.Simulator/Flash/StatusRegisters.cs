using System;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The three status registers of a part: non-volatile writes survive the loss of power, volatile writes are lost with it,
/// or with a reset (Winbond W25Q32JV, section 7.1). Their protection bits write-protect cells:
/// <c>status 1: SRP SEC TB BP2 BP1 BP0 WEL BUSY, status 2: SUS CMP LB3 LB2 LB1 - QE SRL</c>.
/// </summary>
internal sealed class StatusRegisters
{
    /// <summary>Number of registers.</summary>
    public const int Count = 3;

    /// <summary>BUSY, which the part shows in the first one.</summary>
    public const byte Busy = 0x01;

    /// <summary>WEL, which the part shows in the first one.</summary>
    public const byte WriteEnableLatch = 0x02;

    // LB3 to LB1 protect the security registers permanently: no write of either kind clears them (W25Q32JV, section 7.1).
    private const int LockRegister = 1;
    private const byte LockBits = 0x38;

    private const int ProtectShift = 2;
    private const int ProtectMask = 7;
    private const byte Bottom = 0x20;
    private const byte Sectors = 0x40;
    private const byte Complement = 0x40;
    private const long LargestSectorArea = 32 * 1024;

    private readonly byte[] _now = new byte[Count];
    private readonly byte[] _stored = new byte[Count];

    /// <summary>The value of a register that is in effect.</summary>
    public byte this[int index] => _now[index];

    /// <summary>The non-volatile values.</summary>
    public byte[] Stored => (byte[])_stored.Clone();

    /// <summary>Writes consecutive registers.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="values">A byte for each; surplus bytes are ignored.</param>
    /// <param name="forGood">True for a non-volatile write.</param>
    public void Write(int first, byte[] values, bool forGood)
    {
        for (int i = 0; i < values.Length && first + i < Count; i++)
        {
            // BUSY and WEL are the part's own.
            byte mask = (byte)(first + i == 0 ? ~(Busy | WriteEnableLatch) : 0xFF);
            byte locked = (byte)(first + i == LockRegister ? _stored[LockRegister] & LockBits : 0);
            _now[first + i] = (byte)((values[i] & mask) | locked);
            if (forGood)
            {
                _stored[first + i] = _now[first + i];
            }
        }
    }

    /// <summary>Returns to the non-volatile values.</summary>
    public void Reset() => Buffer.BlockCopy(_stored, 0, _now, 0, Count);

    /// <summary>True when the protection bits write-protect any part of a range.</summary>
    /// <param name="start">Address of the first byte.</param>
    /// <param name="length">Length, in bytes.</param>
    /// <param name="size">Size of the part, in bytes.</param>
    public bool Protects(long start, long length, long size)
    {
        (long from, long to) = Area(size);
        return (_now[1] & Complement) == 0
            ? start < to && start + length > from
            : start < from || start + length > to;
    }

    // Each step of BP doubles the protected range: up to all of it, or a quarter of a megabyte in sectors of 4 KB.
    private (long From, long To) Area(long size)
    {
        int level = _now[0] >> ProtectShift & ProtectMask;
        long area = level == 0 ? 0
            : level == ProtectMask ? size
            : (_now[0] & Sectors) != 0 ? Math.Min(NorFlash.SectorSize << (level - 1), LargestSectorArea)
            : Math.Min(Math.Max(size >> (ProtectMask - level), (long)NorFlash.BlockSize << (level - 1)), size);
        return (_now[0] & Bottom) != 0 ? (0, area) : (size - area, size);
    }
}
