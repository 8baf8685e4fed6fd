using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// What the ROM tells about its security (protocol.md, section 2): <c>flags u32, SPI_BOOT_CRYPT_CNT u8, 7 key purposes u8,
/// chip id u32, version u32</c>; the ESP32-S2 leaves out the last two.
/// </summary>
internal static class SecurityInfo
{
    private const string CryptCount = "SPI_BOOT_CRYPT_CNT";
    private const string Purpose = "KEY_PURPOSE_";
    private const string SoftJtag = "SOFT_DIS_JTAG";
    private const int SoftJtagFlag = 6;
    private const int Purposes = 6;

    // The seventh purpose belongs to no key block; the ROM of an empty chip gives 12 (protocol.md, section 2).
    private const byte LastPurpose = 0x0C;

    // The fuse of each flag. A flag with several is up when one of them is; a chip that has none never raises it.
    private static readonly (int Flag, string Field)[] s_flags =
    [
        (0, "SECURE_BOOT_EN"),
        (1, "SECURE_BOOT_AGGRESSIVE_REVOKE"),
        (2, "ENABLE_SECURITY_DOWNLOAD"),
        (3, "SECURE_BOOT_KEY_REVOKE0"),
        (4, "SECURE_BOOT_KEY_REVOKE1"),
        (5, "SECURE_BOOT_KEY_REVOKE2"),
        (7, "DIS_PAD_JTAG"),
        (7, "HARD_DIS_JTAG"),
        (8, "DIS_USB_SERIAL_JTAG"),
        (8, "DIS_USB"),
        (8, "DIS_USB_OTG"),
        (9, "DIS_DOWNLOAD_DCACHE"),
        (10, "DIS_DOWNLOAD_ICACHE"),
    ];

    /// <summary>The data of the answer; empty where the ROM does not know the command.</summary>
    public static byte[] Of(ChipDefinition chip, EfuseController efuse)
    {
        byte[] info = new byte[20];
        uint flags = s_flags.Aggregate(0u, (sum, flag) => sum | (efuse.Field(flag.Field) << flag.Flag));

        // This one counts its ones, and odd numbers are off.
        flags |= (uint)(CountOnes(efuse.Field(SoftJtag)) % 2) << SoftJtagFlag;
        LittleEndian.WriteUInt32(info, 0, flags);
        info[4] = (byte)efuse.Field(CryptCount);
        for (int key = 0; key < Purposes; key++)
        {
            info[5 + key] = (byte)efuse.Field(Purpose + key);
        }

        info[5 + Purposes] = LastPurpose;
        LittleEndian.WriteUInt32(info, 12, (uint)chip.ImageChipId);
        LittleEndian.WriteUInt32(info, 16, chip.Loader.SecurityInfoVersion);
        Array.Resize(ref info, chip.Loader.RomSecurityInfoLength);
        return info;
    }

    private static int CountOnes(uint value)
    {
        int ones = 0;
        for (; value != 0; value &= value - 1)
        {
            ones++;
        }

        return ones;
    }
}
