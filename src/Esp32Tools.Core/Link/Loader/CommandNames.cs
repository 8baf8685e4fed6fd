using System.Collections.Generic;

namespace Esp32Tools.Link.Loader;

/// <summary>The names of the commands in the vendor's documents, for messages and traces.</summary>
public static class CommandNames
{
    private static readonly Dictionary<LoaderCommand, string> s_names = new()
    {
        [LoaderCommand.FlashBegin] = "FLASH_BEGIN",
        [LoaderCommand.FlashData] = "FLASH_DATA",
        [LoaderCommand.FlashEnd] = "FLASH_END",
        [LoaderCommand.MemBegin] = "MEM_BEGIN",
        [LoaderCommand.MemEnd] = "MEM_END",
        [LoaderCommand.MemData] = "MEM_DATA",
        [LoaderCommand.Sync] = "SYNC",
        [LoaderCommand.WriteRegister] = "WRITE_REG",
        [LoaderCommand.ReadRegister] = "READ_REG",
        [LoaderCommand.SpiSetParameters] = "SPI_SET_PARAMS",
        [LoaderCommand.SpiAttach] = "SPI_ATTACH",
        [LoaderCommand.ReadFlashSlow] = "READ_FLASH_SLOW",
        [LoaderCommand.ChangeBaudRate] = "CHANGE_BAUDRATE",
        [LoaderCommand.FlashDeflateBegin] = "FLASH_DEFL_BEGIN",
        [LoaderCommand.FlashDeflateData] = "FLASH_DEFL_DATA",
        [LoaderCommand.FlashDeflateEnd] = "FLASH_DEFL_END",
        [LoaderCommand.SpiFlashMd5] = "SPI_FLASH_MD5",
        [LoaderCommand.GetSecurityInfo] = "GET_SECURITY_INFO",
        [LoaderCommand.EraseFlash] = "ERASE_FLASH",
        [LoaderCommand.EraseRegion] = "ERASE_REGION",
        [LoaderCommand.ReadFlash] = "READ_FLASH",
        [LoaderCommand.RunUserCode] = "RUN_USER_CODE",
    };

    /// <summary>The vendor's name of a command, or its byte in hexadecimal.</summary>
    public static string Of(LoaderCommand command) =>
        s_names.TryGetValue(command, out string? name) ? name : $"0x{(byte)command:X2}";

    /// <summary>True when the command has a name here.</summary>
    internal static bool IsKnown(LoaderCommand command) => s_names.ContainsKey(command);
}
