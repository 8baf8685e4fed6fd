using System.Collections.Generic;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A client that speaks RFC 2217: data, and between it the commands of <see cref="ComPortControl"/>.</summary>
internal sealed class Rfc2217Connection : IClientConnection
{
    private const byte BinaryOption = 0; // RFC 856
    private const byte SuppressGoAheadOption = 3; // RFC 858
    private const byte ComPortOption = 44; // RFC 2217

    // All options are offered and requested at once, so a client's yes needs no answer.
    private static readonly byte[] s_opening =
    [
        TelnetParser.Escape, TelnetParser.Will, BinaryOption, TelnetParser.Escape, TelnetParser.Do, BinaryOption,
        TelnetParser.Escape, TelnetParser.Will, SuppressGoAheadOption, TelnetParser.Escape, TelnetParser.Do, SuppressGoAheadOption,
        TelnetParser.Escape, TelnetParser.Will, ComPortOption, TelnetParser.Escape, TelnetParser.Do, ComPortOption,
    ];

    private readonly TcpStream _stream;
    private readonly TelnetParser _parser = new();
    private readonly ComPortControl _control = new();
    private readonly byte[] _incoming = new byte[16 * 1024];
    private readonly byte[] _data = new byte[16 * 1024];
    private readonly List<byte> _answers = [.. s_opening];
    private byte[] _escaped = [];

    internal Rfc2217Connection(Socket socket) => _stream = new TcpStream(socket);

    /// <summary>The message for a client that comes while another is there, in ser2net's words.</summary>
    internal static byte[] Busy { get; } = Encoding.ASCII.GetBytes("Port already in use\r\n");

    public ClientActivity Forward(ISerialTransport chip, CancellationToken cancellationToken)
    {
        _control.Settle(chip, cancellationToken);
        int got = _stream.Receive(_incoming);
        int dataCount = 0;
        for (int index = 0; index < got; index++)
        {
            switch (_parser.Read(_incoming[index]))
            {
                case TelnetItem.Data:
                    _data[dataCount++] = _incoming[index];
                    break;
                case TelnetItem.Option:
                    Answer(_parser.Verb, _incoming[index]);
                    break;
                case TelnetItem.Subnegotiation when _parser.Content.Count >= 2 && _parser.Content[0] == ComPortOption:
                    // Data before a command must reach the chip before it.
                    PassOn(chip, ref dataCount, cancellationToken);
                    AddEscaped(_control.Handle(chip, _parser.Content, cancellationToken));
                    break;
            }
        }

        PassOn(chip, ref dataCount, cancellationToken);
        if (_answers.Count > 0)
        {
            _stream.Send([.. _answers], _answers.Count, cancellationToken);
            _answers.Clear();
        }

        return got switch
        {
            > 0 => ClientActivity.Sent,
            0 => ClientActivity.None,
            _ => ClientActivity.Left,
        };
    }

    public void Wait(int milliseconds) => _stream.Wait(milliseconds);

    public void Send(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        if (_escaped.Length < count * 2)
        {
            _escaped = new byte[count * 2];
        }

        int put = 0;
        for (int index = 0; index < count; index++)
        {
            _escaped[put++] = buffer[index];
            if (buffer[index] == TelnetParser.Escape)
            {
                _escaped[put++] = TelnetParser.Escape;
            }
        }

        _stream.Send(_escaped, put, cancellationToken);
    }

    public void Dispose() => _stream.Dispose();

    private void PassOn(ISerialTransport chip, ref int dataCount, CancellationToken cancellationToken)
    {
        if (dataCount > 0)
        {
            chip.Write(_data, 0, dataCount, cancellationToken);
            dataCount = 0;
        }
    }

    private void Answer(byte verb, byte option)
    {
        if (option is BinaryOption or SuppressGoAheadOption or ComPortOption)
        {
            return;
        }

        if (verb is TelnetParser.Will or TelnetParser.Do)
        {
            _answers.AddRange([TelnetParser.Escape, verb == TelnetParser.Will ? TelnetParser.Dont : TelnetParser.Wont, option]);
        }
    }

    private void AddEscaped(byte[] answer)
    {
        if (answer.Length == 0)
        {
            return;
        }

        _answers.AddRange([TelnetParser.Escape, TelnetParser.StartOfSubnegotiation, ComPortOption]);
        foreach (byte value in answer)
        {
            _answers.Add(value);
            if (value == TelnetParser.Escape)
            {
                _answers.Add(value);
            }
        }

        _answers.AddRange([TelnetParser.Escape, TelnetParser.EndOfSubnegotiation]);
    }
}
