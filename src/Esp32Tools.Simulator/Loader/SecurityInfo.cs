using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// The ROM's report of its security (protocol.md, section 2): <c>flags u32, SPI_BOOT_CRYPT_CNT u8, 7 key purposes u8,
/// chip id u32, version u32</c>; the ESP32-S2 leaves out the last two.
/// </summary>
internal static class SecurityInfo
{
    private const int SoftJtagFlag = 6;
    private const int Purposes = 6;

    // The seventh purpose belongs to no key block; the ROM of an empty chip gives 12 (protocol.md, section 2).
    private const byte LastPurpose = 0x0C;

    // The fuses of each flag. The flag is set when any of them is; a chip without them never sets it.
    private static readonly (int Flag, EfuseRole Role)[] s_flags =
    [
        (0, EfuseRole.SecureBootEnable),
        (1, EfuseRole.AggressiveRevoke),
        (2, EfuseRole.SecureDownload),
        (3, EfuseRole.DigestRevoke0),
        (4, EfuseRole.DigestRevoke1),
        (5, EfuseRole.DigestRevoke2),
        (7, EfuseRole.PadJtagDisable),
        (8, EfuseRole.UsbSerialJtagDisable),
        (8, EfuseRole.UsbOtgDisable),
        (9, EfuseRole.DownloadDataCacheDisable),
        (10, EfuseRole.DownloadInstructionCacheDisable),
    ];

    /// <summary>The data of the answer; empty where the ROM does not know the command.</summary>
    public static byte[] Of(ChipDefinition chip, EfuseController efuse)
    {
        byte[] info = new byte[20];
        uint flags = s_flags.Aggregate(0u, (sum, flag) => sum | (efuse.Shown(flag.Role) << flag.Flag));

        // This field counts: an odd number of ones means off.
        flags |= (EfuseOnes.IsOdd(efuse.Shown(EfuseRole.SoftJtagDisable)) ? 1u : 0) << SoftJtagFlag;
        LittleEndian.WriteUInt32(info, 0, flags);
        info[4] = (byte)efuse.Shown(EfuseRole.EncryptionCount);
        uint[] purposes = [.. chip.Efuse.Blocks.Select(block => efuse.PurposeOf(block.Index)).OfType<uint>()];
        for (int key = 0; key < purposes.Length; key++)
        {
            info[5 + key] = (byte)purposes[key];
        }

        info[5 + Purposes] = LastPurpose;
        LittleEndian.WriteUInt32(info, 12, (uint)chip.ImageChipId);
        LittleEndian.WriteUInt32(info, 16, chip.Loader.SecurityInfoVersion);
        Array.Resize(ref info, chip.Loader.RomSecurityInfoLength);
        return info;
    }
}
