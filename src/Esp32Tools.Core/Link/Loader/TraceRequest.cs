using System.Collections.Generic;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader;

/// <summary>Selects the bytes of a request that a trace may show. Decides by the bytes alone, not by the class of the request.</summary>
internal static class TraceRequest
{
    private const int EntryLength = 16;

    /// <summary>Writes the bytes; returns the details that Describe leaves out, or null.</summary>
    public static string? Write(byte[] payload, SecretRegisters secrets, TraceHex hex)
    {
        switch ((LoaderCommand)payload[1])
        {
            case LoaderCommand.WriteRegister:
                hex.Show(LoaderReply.HeaderLength);
                return WriteEntries(payload, secrets, hex);
            case LoaderCommand.FlashData:
            case LoaderCommand.FlashDeflateData:
            case LoaderCommand.MemData:
                // The checksum is a short digest of the contents.
                hex.Show(4);
                hex.Mask(4);
                hex.Show(EntryLength);
                hex.SkipRest();
                return null;
            case LoaderCommand command when CommandNames.IsKnown(command):
                hex.Show(payload.Length);
                return null;
            default:
                hex.Show(4);
                hex.SkipRest();
                return null;
        }
    }

    private static string WriteEntries(byte[] payload, SecretRegisters secrets, TraceHex hex)
    {
        List<string> entries = [];
        int at = LoaderReply.HeaderLength;
        for (; at + EntryLength <= payload.Length; at += EntryLength)
        {
            uint address = LittleEndian.ReadUInt32(payload, at);
            bool open = !secrets.CanWrite(address);
            hex.Show(4);

            // A word can be passed in the mask as well as in the value.
            hex.ShowOrMask(4, open);
            hex.ShowOrMask(4, open);
            hex.Show(4);
            entries.Add(Entry(payload, at, address, open));
        }

        hex.SkipRest();
        return string.Join(", ", entries);
    }

    private static string Entry(byte[] payload, int at, uint address, bool open)
    {
        uint mask = LittleEndian.ReadUInt32(payload, at + 8);
        uint delay = LittleEndian.ReadUInt32(payload, at + 12);
        string text = open ? $"0x{address:X8} = 0x{LittleEndian.ReadUInt32(payload, at + 4):X8}" : $"0x{address:X8} = {TraceHex.Hidden}";
        if (open && mask != uint.MaxValue)
        {
            text += $" mask 0x{mask:X8}";
        }

        return delay == 0 ? text : text + $" delay {delay} us";
    }
}
