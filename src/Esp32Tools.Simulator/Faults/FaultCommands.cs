using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator.Faults;

/// <summary>The loader's commands by the names the field uses (protocol.md, section 2).</summary>
internal static class FaultCommands
{
    private static readonly Dictionary<string, byte> s_byName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FLASH_BEGIN"] = (byte)Opcode.FlashBegin,
        ["FLASH_DATA"] = (byte)Opcode.FlashData,
        ["FLASH_END"] = (byte)Opcode.FlashEnd,
        ["MEM_BEGIN"] = (byte)Opcode.MemBegin,
        ["MEM_END"] = (byte)Opcode.MemEnd,
        ["MEM_DATA"] = (byte)Opcode.MemData,
        ["SYNC"] = (byte)Opcode.Sync,
        ["WRITE_REG"] = (byte)Opcode.WriteReg,
        ["READ_REG"] = (byte)Opcode.ReadReg,
        ["SPI_SET_PARAMS"] = (byte)Opcode.SpiSetParams,
        ["SPI_ATTACH"] = (byte)Opcode.SpiAttach,
        ["READ_FLASH_SLOW"] = (byte)Opcode.ReadFlashSlow,
        ["CHANGE_BAUDRATE"] = (byte)Opcode.ChangeBaudRate,
        ["FLASH_DEFL_BEGIN"] = (byte)Opcode.FlashDeflBegin,
        ["FLASH_DEFL_DATA"] = (byte)Opcode.FlashDeflData,
        ["FLASH_DEFL_END"] = (byte)Opcode.FlashDeflEnd,
        ["SPI_FLASH_MD5"] = (byte)Opcode.SpiFlashMd5,
        ["GET_SECURITY_INFO"] = (byte)Opcode.GetSecurityInfo,
        ["ERASE_FLASH"] = (byte)Opcode.EraseFlash,
        ["ERASE_REGION"] = (byte)Opcode.EraseRegion,
        ["READ_FLASH"] = (byte)Opcode.ReadFlash,
        ["RUN_USER_CODE"] = (byte)Opcode.RunUserCode,
    };

    /// <summary>All of them, in the order of their opcodes.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    /// <summary>Finds a command by name or as <c>0x..</c>; null when it is neither.</summary>
    public static byte? Find(string text)
    {
        if (s_byName.TryGetValue(text, out byte opcode))
        {
            return opcode;
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out opcode)
            ? opcode
            : null;
    }

    public static string NameOf(byte opcode) =>
        s_byName.FirstOrDefault(pair => pair.Value == opcode).Key ?? FormattableString.Invariant($"0x{opcode:X2}");
}
