namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>Takes what <see cref="TelnetDecoder"/> finds, in the order in which it was sent.</summary>
internal interface ITelnetReceiver
{
    /// <summary>Bytes of the serial line, escapes undone.</summary>
    void TakeData(byte[] buffer, int offset, int count);

    /// <summary>WILL, WONT, DO or DONT and the option it is about.</summary>
    void TakeOption(byte verb, byte option);

    /// <summary>What stood between SB and SE, the option first, escapes undone.</summary>
    void TakeSubnegotiation(byte[] content);
}
