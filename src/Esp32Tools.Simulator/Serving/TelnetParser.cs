using System.Collections.Generic;

namespace Esp32Tools.Simulator.Serving;

/// <summary>One element of a Telnet stream.</summary>
internal enum TelnetItem
{
    /// <summary>Not complete yet.</summary>
    None,

    /// <summary>A byte of data.</summary>
    Data,

    /// <summary>WILL, WONT, DO or DONT in <see cref="TelnetParser.Verb"/>; the byte just read is its option.</summary>
    Option,

    /// <summary>A subnegotiation in <see cref="TelnetParser.Content"/>.</summary>
    Subnegotiation,
}

/// <summary>
/// Reads Telnet (RFC 854) byte by byte. It is written apart from the client's reader on purpose: a server that shared the
/// client's code would share its mistakes, and the two would agree.
/// </summary>
internal sealed class TelnetParser
{
    internal const byte EndOfSubnegotiation = 240;
    internal const byte StartOfSubnegotiation = 250;
    internal const byte Will = 251;
    internal const byte Wont = 252;
    internal const byte Do = 253;
    internal const byte Dont = 254;
    internal const byte Escape = 255;

    private const int LongestContent = 512;

    private bool _escaped;
    private bool _afterVerb;
    private bool _inSubnegotiation;

    /// <summary>WILL, WONT, DO or DONT.</summary>
    internal byte Verb { get; private set; }

    /// <summary>The content of a subnegotiation, its option first.</summary>
    internal List<byte> Content { get; } = [];

    internal TelnetItem Read(byte value)
    {
        if (_escaped)
        {
            _escaped = false;
            return value == Escape ? Plain(value) : Command(value);
        }

        if (_afterVerb)
        {
            _afterVerb = false;
            return TelnetItem.Option;
        }

        _escaped = value == Escape;
        return _escaped ? TelnetItem.None : Plain(value);
    }

    private TelnetItem Plain(byte value)
    {
        if (!_inSubnegotiation)
        {
            return TelnetItem.Data;
        }

        if (Content.Count < LongestContent)
        {
            Content.Add(value);
        }

        return TelnetItem.None;
    }

    private TelnetItem Command(byte value)
    {
        switch (value)
        {
            case StartOfSubnegotiation:
                Content.Clear();
                _inSubnegotiation = true;
                return TelnetItem.None;
            case EndOfSubnegotiation when _inSubnegotiation:
                _inSubnegotiation = false;
                return TelnetItem.Subnegotiation;
            case Will or Wont or Do or Dont:
                Verb = value;
                _afterVerb = true;
                return TelnetItem.None;
            default:
                return TelnetItem.None;
        }
    }
}
