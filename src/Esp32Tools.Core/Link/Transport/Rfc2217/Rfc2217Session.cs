using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport.Network;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>A connection to an RFC 2217 server: data both ways, and requests with their confirmations in between.</summary>
internal sealed class Rfc2217Session : ITelnetReceiver, IDisposable
{
    // A server has a handful of options to agree on, each answered in three bytes. One that goes on never ends.
    private const int MostAnswerBytes = 64 * 1024;

    private readonly string _portName;
    private readonly TimeSpan _answerTimeout;
    private readonly NetworkLink _link;
    private readonly TelnetNegotiation _negotiation = new();
    private readonly TelnetDecoder _decoder;
    private readonly ByteQueue _arrived = new();
    private readonly List<Rfc2217Request> _waiting = [];
    private readonly List<byte> _answers = [];
    private readonly byte[] _incoming = new byte[16 * 1024];
    private readonly byte[] _outgoing = new byte[2 * 4096];
    private int _answerBytes;
    private bool _hasConfirmed;
    private bool _suspended;

    /// <summary>Connects.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnreachable"/>.</exception>
    internal Rfc2217Session(NetworkPortName name, TimeSpan answerTimeout, CancellationToken cancellationToken, TimeSpan? writeLimit = null)
    {
        _portName = name.Text;
        _answerTimeout = answerTimeout;
        _link = NetworkLink.Connect(name, cancellationToken, writeLimit);
        _decoder = new TelnetDecoder(this);
    }

    /// <summary>Negotiates the Telnet options with the server.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnsupported"/>: not an RFC 2217 server.</exception>
    internal void Negotiate(CancellationToken cancellationToken)
    {
        List<byte> opening = [];
        _negotiation.AddOpening(opening);
        WriteCommands(opening, cancellationToken);
        WaitFor(() => _negotiation.IsReady || _negotiation.IsRefused, _answerTimeout, cancellationToken);
        if (!_negotiation.IsReady)
        {
            throw NoRfc2217Server(_negotiation.IsRefused ? "refuses" : "does not answer");
        }
    }

    /// <summary>
    /// The error for a server that hangs up while the port is being opened. ser2net gives the reason before it does:
    /// "Port already in use", "Device open failure: ...".
    /// </summary>
    internal TransportException ExplainRefusal(TransportException lost)
    {
        TakeLastWords();
        byte[] words = new byte[200];
        int count = _arrived.Take(words, 0, words.Length);
        string text = new([.. Encoding.ASCII.GetString(words, 0, count).Where(letter => !char.IsControl(letter))]);
        if (text.IndexOf("in use", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return TransportErrors.InUse(_portName, lost);
        }

        string reason = text.Length > 0 ? $"it hung up with the words '{text}'" : "it hung up at once";
        return TransportErrors.Unreachable(_portName, reason, lost);
    }

    // A write may have found the server gone: its last words are still to be read then.
    private void TakeLastWords()
    {
        try
        {
            var wait = new WaitSlices(_answerTimeout);
            for (int got; !wait.IsOver && (got = _link.Read(_incoming, 0, _incoming.Length, TimeSpan.Zero, CancellationToken.None)) > 0;)
            {
                _decoder.Decode(_incoming, got);
            }
        }
        catch (TransportException)
        {
            // No more data.
        }
    }

    /// <inheritdoc cref="ISerialTransport.Read"/>
    internal int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WaitFor(() => !_arrived.IsEmpty, timeout, cancellationToken);
        return _arrived.Take(buffer, offset, count);
    }

    /// <inheritdoc cref="ISerialTransport.Write"/>
    internal void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        WaitSlices whole = _link.BeginWrite();
        while (count > 0)
        {
            WaitUntilResumed(cancellationToken);
            int part = Math.Min(count, _outgoing.Length / 2);
            _link.Write(_outgoing, 0, TelnetEncoder.Escape(buffer, offset, part, _outgoing), whole, cancellationToken);
            offset += part;
            count -= part;
        }
    }

    /// <summary>Sends the requests in one go; <see cref="Confirm"/> waits for the answers.</summary>
    internal void Send(CancellationToken cancellationToken, params Rfc2217Request[] requests)
    {
        List<byte> bytes = [];
        foreach (Rfc2217Request request in requests)
        {
            TelnetEncoder.AddComPort(bytes, request.Command, request.Value);
        }

        _waiting.Clear();
        _waiting.AddRange(requests);
        WriteCommands(bytes, cancellationToken);
    }

    /// <summary>Waits for the answers to requests that were sent.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnsupported"/>: one did not come in time.</exception>
    internal void Confirm(CancellationToken cancellationToken, params Rfc2217Request[] requests)
    {
        if (WaitFor(() => requests.All(request => request.Answer is not null), _answerTimeout, cancellationToken))
        {
            return;
        }

        // A server that echoes everything agrees to all options, and then confirms nothing.
        string missing = requests.First(request => request.Answer is null).Purpose;
        throw !_hasConfirmed
            ? NoRfc2217Server("confirms nothing after")
            : TransportErrors.Unsupported(
                _portName,
                $"belongs to a server that did not confirm {missing} within {_answerTimeout.TotalSeconds:0.#} seconds",
                "Check the server's log; a slow link may need a longer time-out, written as ?timeout=10 behind the port name.");
    }

    /// <summary>Handles what arrives until the condition holds.</summary>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortFlooded"/>: more arrives than can be kept.</exception>
    internal bool WaitFor(Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var wait = new WaitSlices(timeout);
        while (!condition())
        {
            int got = _link.Read(_incoming, 0, _incoming.Length, TimeSpan.FromMilliseconds(wait.NextMilliseconds), cancellationToken);
            _decoder.Decode(_incoming, got);
            AnswerOptions(cancellationToken);
            if (wait.IsOver)
            {
                return condition();
            }
        }

        return true;
    }

    /// <summary>Discards all input.</summary>
    internal void DiscardArrived() => _arrived.Clear();

    public void Dispose() => _link.Dispose();

    void ITelnetReceiver.TakeData(byte[] buffer, int offset, int count)
    {
        if (!_arrived.TryAdd(buffer, offset, count))
        {
            throw TransportErrors.Flooded(_portName, $"more than {ByteQueue.Capacity} bytes wait to be read, and the server sends on");
        }
    }

    void ITelnetReceiver.TakeOption(byte verb, byte option) => _negotiation.Take(verb, option, _answers);

    void ITelnetReceiver.TakeSubnegotiation(byte[] content)
    {
        if (content.Length < 2 || content[0] != Telnet.ComPortOption)
        {
            return;
        }

        byte[] value = [.. content.Skip(2)];
        switch (content[1])
        {
            case ComPort.SuspendSending:
                _suspended = true;
                break;
            case ComPort.ResumeSending:
                _suspended = false;
                break;
            default:
                _hasConfirmed |= _waiting.Exists(request => request.TryTake(content[1], value));
                break;
        }
    }

    private TransportException NoRfc2217Server(string whatItDoes) => TransportErrors.Unsupported(
        _portName,
        $"belongs to a server that {whatItDoes} the RFC 2217 negotiation",
        "If the server passes bytes only, name it as socket://host:port; the chip cannot be reset from here then.");

    private void WaitUntilResumed(CancellationToken cancellationToken)
    {
        if (_suspended && !WaitFor(() => !_suspended, _link.WriteLimit, cancellationToken))
        {
            throw TransportErrors.WriteTimeout(_portName, _link.WriteLimit);
        }
    }

    private void AnswerOptions(CancellationToken cancellationToken)
    {
        if (_answers.Count == 0)
        {
            return;
        }

        _answerBytes += _answers.Count;
        if (_answerBytes > MostAnswerBytes)
        {
            throw TransportErrors.Flooded(_portName, "the server asks for changes of Telnet options without end");
        }

        WriteCommands([.. _answers], cancellationToken);
        _answers.Clear();
    }

    private void WriteCommands(List<byte> bytes, CancellationToken cancellationToken) =>
        _link.Write([.. bytes], 0, bytes.Count, cancellationToken);
}
