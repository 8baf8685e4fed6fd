using System.Collections.Generic;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>
/// The options of each side: binary data both ways, no go-ahead, and COM-PORT control by the host. Only changes are answered,
/// so that two ends do not acknowledge each other endlessly (RFC 1143).
/// </summary>
internal sealed class TelnetNegotiation
{
    private readonly Dictionary<byte, State> _ours = new()
    {
        [Telnet.BinaryOption] = State.Asked,
        [Telnet.SuppressGoAheadOption] = State.Asked,
        [Telnet.ComPortOption] = State.Asked,
    };

    // Some servers announce COM-PORT themselves instead of only answering.
    private readonly Dictionary<byte, State> _theirs = new()
    {
        [Telnet.BinaryOption] = State.Asked,
        [Telnet.SuppressGoAheadOption] = State.Asked,
        [Telnet.ComPortOption] = State.Off,
    };

    private enum State
    {
        Off,
        Asked,
        On,
        Refused,
    }

    /// <summary>The server takes binary data and COM-PORT commands.</summary>
    internal bool IsReady => _ours[Telnet.ComPortOption] == State.On && _ours[Telnet.BinaryOption] == State.On;

    /// <summary>The server will never take them.</summary>
    internal bool IsRefused => _ours[Telnet.ComPortOption] == State.Refused || _ours[Telnet.BinaryOption] == State.Refused;

    /// <summary>The first requests to send.</summary>
    internal void AddOpening(List<byte> target)
    {
        AddAsked(target, _ours, Telnet.Will);
        AddAsked(target, _theirs, Telnet.Do);
    }

    /// <summary>Takes one option request of the server and adds the answer, if it needs one.</summary>
    internal void Take(byte verb, byte option, List<byte> answers)
    {
        bool aboutUs = verb is Telnet.Do or Telnet.Dont;
        bool wanted = verb is Telnet.Do or Telnet.Will;
        byte yes = aboutUs ? Telnet.Will : Telnet.Do;
        byte no = aboutUs ? Telnet.Wont : Telnet.Dont;
        Dictionary<byte, State> states = aboutUs ? _ours : _theirs;
        if (!states.TryGetValue(option, out State state))
        {
            if (wanted)
            {
                TelnetEncoder.AddOption(answers, no, option);
            }

            return;
        }

        states[option] = wanted ? State.On : State.Refused;
        if (wanted && (state is State.Off or State.Refused))
        {
            TelnetEncoder.AddOption(answers, yes, option);
        }
        else if (!wanted && state == State.On)
        {
            TelnetEncoder.AddOption(answers, no, option);
        }
    }

    private static void AddAsked(List<byte> target, Dictionary<byte, State> states, byte verb)
    {
        foreach (KeyValuePair<byte, State> option in states)
        {
            if (option.Value == State.Asked)
            {
                TelnetEncoder.AddOption(target, verb, option.Key);
            }
        }
    }
}
