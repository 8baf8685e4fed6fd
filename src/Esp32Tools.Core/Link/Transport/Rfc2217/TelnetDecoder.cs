using System.Collections.Generic;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>
/// Splits the output of a Telnet server into data, option requests and subnegotiations. It keeps its state between calls,
/// so a command may arrive in pieces.
/// </summary>
internal sealed class TelnetDecoder
{
    // Longer than any answer of RFC 2217; the rest of a longer one is dropped, so that garbage cannot fill the memory.
    private const int LongestSubnegotiation = 512;

    private readonly ITelnetReceiver _receiver;
    private readonly List<byte> _subnegotiation = [];
    private State _state;
    private byte _verb;

    internal TelnetDecoder(ITelnetReceiver receiver) => _receiver = receiver;

    private enum State
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    internal void Decode(byte[] buffer, int count)
    {
        int start = 0; // of the run of data under way
        for (int index = 0; index < count; index++)
        {
            byte value = buffer[index];
            switch (_state)
            {
                case State.Data when value == Telnet.Command:
                    DeliverData(buffer, start, index);
                    _state = State.Command;
                    break;
                case State.Data:
                    break;
                case State.Command when value == Telnet.Command:
                    start = index; // an escaped 0xFF is the first byte of the next run
                    _state = State.Data;
                    break;
                default:
                    _state = NextInCommand(value);
                    start = index + 1;
                    break;
            }
        }

        if (_state == State.Data)
        {
            DeliverData(buffer, start, count);
        }
    }

    private State NextInCommand(byte value)
    {
        switch (_state)
        {
            case State.Command when value == Telnet.Subnegotiation:
                _subnegotiation.Clear();
                return State.Subnegotiation;
            case State.Command when value is Telnet.Will or Telnet.Wont or Telnet.Do or Telnet.Dont:
                _verb = value;
                return State.Option;
            case State.Option:
                _receiver.TakeOption(_verb, value);
                return State.Data;
            case State.Subnegotiation when value == Telnet.Command:
                return State.SubnegotiationCommand;
            case State.Subnegotiation:
            case State.SubnegotiationCommand when value == Telnet.Command:
                Keep(value);
                return State.Subnegotiation;
            case State.SubnegotiationCommand when value == Telnet.SubnegotiationEnd:
                _receiver.TakeSubnegotiation([.. _subnegotiation]);
                return State.Data;
            default:
                return State.Data; // NOP, GA and the like carry nothing
        }
    }

    private void Keep(byte value)
    {
        if (_subnegotiation.Count < LongestSubnegotiation)
        {
            _subnegotiation.Add(value);
        }
    }

    private void DeliverData(byte[] buffer, int start, int end)
    {
        if (end > start)
        {
            _receiver.TakeData(buffer, start, end - start);
        }
    }
}
