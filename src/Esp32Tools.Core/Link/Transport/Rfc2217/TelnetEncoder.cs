using System.Collections.Generic;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>Encodes data and commands for Telnet: a data byte 0xFF is sent twice.</summary>
internal static class TelnetEncoder
{
    /// <summary>Puts the bytes, escaped, into a buffer of at least twice their number.</summary>
    /// <returns>The number of bytes put.</returns>
    internal static int Escape(byte[] source, int offset, int count, byte[] target)
    {
        int put = 0;
        for (int index = offset; index < offset + count; index++)
        {
            target[put++] = source[index];
            if (source[index] == Telnet.Command)
            {
                target[put++] = Telnet.Command;
            }
        }

        return put;
    }

    internal static void AddOption(List<byte> target, byte verb, byte option) => target.AddRange([Telnet.Command, verb, option]);

    /// <summary>IAC SB COM-PORT command value IAC SE.</summary>
    internal static void AddComPort(List<byte> target, byte command, params byte[] value)
    {
        target.AddRange([Telnet.Command, Telnet.Subnegotiation, Telnet.ComPortOption, command]);
        byte[] escaped = new byte[value.Length * 2];
        int length = Escape(value, 0, value.Length, escaped);
        for (int index = 0; index < length; index++)
        {
            target.Add(escaped[index]);
        }

        target.AddRange([Telnet.Command, Telnet.SubnegotiationEnd]);
    }
}
