using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// A NOR flash part: its identification, its size and the times of its cells. The default is a Winbond W25Q32JV
/// (data sheet revision F: typical times of section 9.6, identification of section 8.2.27).
/// </summary>
public sealed record FlashPart
{
    /// <summary>Smallest size that has a capacity code here: 256 KB.</summary>
    public const long MinSize = 256 * 1024;

    /// <summary>Largest size: 128 MB.</summary>
    public const long MaxSize = 128 * 1024 * 1024;

    /// <summary>JEDEC manufacturer: 0xEF Winbond, 0xC8 GigaDevice, 0x20 XMC, ...</summary>
    public byte Manufacturer { get; init; } = 0xEF;

    /// <summary>Second byte of the identification.</summary>
    public byte MemoryType { get; init; } = 0x40;

    /// <summary>Size in bytes, a power of two from <see cref="MinSize"/> to <see cref="MaxSize"/>.</summary>
    public long Size { get; init; } = 4 * 1024 * 1024;

    /// <summary>Its unique id, the first byte lowest.</summary>
    public ulong UniqueId { get; init; } = 0x2127_5C1C_3024_63D1;

    /// <summary>
    /// True for an older part, which has no command for its second status register: that register is written after the first one,
    /// and cleared when the first one is written alone (Winbond W25Q32BV, section 11.2.8).
    /// </summary>
    public bool WritesStatusTogether { get; init; }

    /// <summary>False for a part that answers zeros to the SFDP command.</summary>
    public bool HasSfdp { get; init; } = true;

    /// <summary>Erase of 4 KB, typical.</summary>
    public TimeSpan SectorErase { get; init; } = TimeSpan.FromMilliseconds(45);

    /// <summary>Erase of 32 KB, typical.</summary>
    public TimeSpan HalfBlockErase { get; init; } = TimeSpan.FromMilliseconds(120);

    /// <summary>Erase of 64 KB, typical.</summary>
    public TimeSpan BlockErase { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Erase of the whole part, per MB, typical (10 s for 4 MB).</summary>
    public TimeSpan ChipErasePerMegabyte { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Program of up to 256 bytes in one page, typical: 0.4 ms.</summary>
    public TimeSpan PageProgram { get; init; } = TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond * 4 / 10);

    /// <summary>Non-volatile write of the status registers, typical.</summary>
    public TimeSpan StatusWrite { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The chip's read rate, in bytes a second, when it makes digests and looks for blank sectors; by default the part's limit,
    /// 532 Mbit/s on four lines at 133 MHz (section 1 of the data sheet).
    /// </summary>
    public int ReadRate { get; init; } = 66_500_000;

    /// <summary>Third byte of the identification of a part that does not give the code of its size there; null for one that does.</summary>
    public byte? OtherCapacityCode { get; init; }

    /// <summary>The code of the size: its log2, 0x20 and up from 64 MB on.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: the size has no code.</exception>
    public byte CapacityCode
    {
        get
        {
            if (!HasCode(Size))
            {
                throw new Esp32Exception(
                    ErrorCode.ValueInvalid,
                    $"There is no flash of {Size} bytes.",
                    "Sizes are powers of two from 256KB to 128MB.");
            }

            int power = 0;
            while (1L << power < Size)
            {
                power++;
            }

            // 0x12 is 256 KB, 0x19 32 MB; JEDEC then leaves out 0x1A..0x1F, as most makers do (protocol.md, section 8).
            return (byte)(power <= 25 ? power : power - 26 + 0x20);
        }
    }

    /// <summary>The identification as the RDID command gives it, first byte lowest: capacity, type, manufacturer.</summary>
    public uint JedecId => (uint)(((OtherCapacityCode ?? CapacityCode) << 16) | (MemoryType << 8) | Manufacturer);

    /// <summary>The identification as data sheets print it, first byte highest: manufacturer, type, capacity.</summary>
    public uint Id => ((JedecId & 0xFF) << 16) | (JedecId & 0xFF00) | (JedecId >> 16);

    internal static bool HasCode(long size) => size is >= MinSize and <= MaxSize && (size & (size - 1)) == 0;
}
