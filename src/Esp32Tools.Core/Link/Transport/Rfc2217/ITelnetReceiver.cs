namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>Receives the items that <see cref="TelnetDecoder"/> finds, in the order in which they were sent.</summary>
internal interface ITelnetReceiver
{
    /// <summary>Data of the serial line, unescaped.</summary>
    void TakeData(byte[] buffer, int offset, int count);

    /// <summary>WILL, WONT, DO or DONT, and its option.</summary>
    void TakeOption(byte verb, byte option);

    /// <summary>The bytes between SB and SE, the option first, unescaped.</summary>
    void TakeSubnegotiation(byte[] content);
}
