using System.Collections.Generic;

namespace Esp32Tools.Link.Loader;

/// <summary>The meanings of the status codes of ROM and stub (protocol.md, section 3).</summary>
internal static class StatusText
{
    private static readonly Dictionary<int, string> s_meanings = new()
    {
        [0x01] = "bad parameter",
        [0x02] = "out of memory",
        [0x03] = "sending failed",
        [0x04] = "receiving failed",
        [0x05] = "invalid message",
        [0x06] = "the command could not be carried out",
        [0x07] = "bad checksum",
        [0x08] = "flash write failed",
        [0x09] = "flash read failed",
        [0x0A] = "bad length of a flash read",
        [0x0B] = "damaged compressed data",
        [0x0C] = "wrong checksum of compressed data",
        [0x0D] = "bad parameter of compressed data",
        [0xC000] = "bad length",
        [0xC100] = "bad checksum",
        [0xC200] = "bad block size",
        [0xC300] = "unknown command",
        [0xC400] = "the flash memory failed",
        [0xC500] = "the flash memory could not be unlocked",
        [0xC600] = "no write is under way",
        [0xC700] = "damaged compressed data",
        [0xC800] = "not enough data",
        [0xC900] = "too much data",
        [0xFF00] = "not implemented",
    };

    public static string Of(int status) => s_meanings.TryGetValue(status, out string? text) ? text : "undocumented";

    /// <summary>
    /// True when a repeated request may succeed: bytes were damaged on the way. The ROM checks only blocks, so that
    /// a damaged address or size appears as a command that it cannot carry out (0x06).
    /// </summary>
    public static bool IsTransient(int status) => status is 0x05 or 0x06 or 0x07 or 0x0B or 0x0C or 0xC000 or 0xC100 or 0xC300 or 0xC700;
}
