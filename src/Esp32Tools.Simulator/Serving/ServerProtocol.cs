namespace Esp32Tools.Simulator.Serving;

/// <summary>The protocols by which a virtual chip is served.</summary>
public enum ServerProtocol
{
    /// <summary>Plain bytes over TCP; without baud rate and modem lines.</summary>
    Socket,

    /// <summary>RFC 2217: bytes, baud rate and modem lines over TCP.</summary>
    Rfc2217,

    /// <summary>A pseudo-terminal: bytes and baud rate, without modem lines. Linux only.</summary>
    PseudoTerminal,
}
