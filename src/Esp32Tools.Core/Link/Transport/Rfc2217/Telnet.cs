namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>The bytes of Telnet: commands (RFC 854) and the options in use (RFC 856, 858, 2217).</summary>
internal static class Telnet
{
    internal const byte SubnegotiationEnd = 240; // SE
    internal const byte Subnegotiation = 250; // SB
    internal const byte Will = 251;
    internal const byte Wont = 252;
    internal const byte Do = 253;
    internal const byte Dont = 254;
    internal const byte Command = 255; // IAC

    internal const byte BinaryOption = 0;
    internal const byte SuppressGoAheadOption = 3;
    internal const byte ComPortOption = 44;
}
