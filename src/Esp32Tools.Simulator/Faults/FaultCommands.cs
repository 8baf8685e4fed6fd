using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Esp32Tools.Simulator.Faults;

/// <summary>The loader's commands by the names the field uses (protocol.md, section 2).</summary>
internal static class FaultCommands
{
    private static readonly Dictionary<string, byte> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FLASH_BEGIN"] = 0x02,
        ["FLASH_DATA"] = 0x03,
        ["FLASH_END"] = 0x04,
        ["MEM_BEGIN"] = 0x05,
        ["MEM_END"] = 0x06,
        ["MEM_DATA"] = 0x07,
        ["SYNC"] = 0x08,
        ["WRITE_REG"] = 0x09,
        ["READ_REG"] = 0x0A,
        ["SPI_SET_PARAMS"] = 0x0B,
        ["SPI_ATTACH"] = 0x0D,
        ["READ_FLASH_SLOW"] = 0x0E,
        ["CHANGE_BAUDRATE"] = 0x0F,
        ["FLASH_DEFL_BEGIN"] = 0x10,
        ["FLASH_DEFL_DATA"] = 0x11,
        ["FLASH_DEFL_END"] = 0x12,
        ["SPI_FLASH_MD5"] = 0x13,
        ["GET_SECURITY_INFO"] = 0x14,
        ["ERASE_FLASH"] = 0xD0,
        ["ERASE_REGION"] = 0xD1,
        ["READ_FLASH"] = 0xD2,
        ["RUN_USER_CODE"] = 0xD3,
    };

    /// <summary>All of them, in the order of their opcodes.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Finds a command by name or as <c>0x..</c>; null when it is neither.</summary>
    public static byte? Find(string text)
    {
        if (ByName.TryGetValue(text, out byte opcode))
        {
            return opcode;
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out opcode)
            ? opcode
            : null;
    }

    public static string NameOf(byte opcode) =>
        ByName.FirstOrDefault(pair => pair.Value == opcode).Key ?? FormattableString.Invariant($"0x{opcode:X2}");
}
