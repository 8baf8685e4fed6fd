using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// Writes every frame as one line: seconds since the first one, direction, meaning, and its bytes.
/// <code>
///     0.104211 -> READ_REG 0x3FF5A00C | 000A0400 00000000 0CA0F53F
///     0.105730 &lt;- READ_REG ok, value 0x00008000 | 010A0400 00800000 0000....
/// </code>
/// No secrets are written: words read from or written to eFuse blocks that can hold a key are <c>********</c>, as are the
/// left-over header words in other answers; contents of flash and RAM, and digests of them, appear only as a length.
/// Until the chip is known every word except its magic one counts as secret. Each line is flushed, so that it survives
/// when the process is killed.
/// </summary>
public sealed class TextFrameTrace : IFrameTrace
{
    private static readonly byte[] s_greeting = Encoding.ASCII.GetBytes("OHAI");

    private readonly TextWriter _writer;
    private readonly string _label;

    // One entry for each READ_REG without an answer yet: true when its word is secret. A late answer can be taken
    // for that of the next request, so a word is shown only while no secret one is pending. Answers come in the order of the
    // requests, so one answer settles only the oldest.
    private readonly Queue<bool> _readsOut = new();

    private SecretRegisters _secrets = new(null);
    private LoaderDialect _dialect = LoaderDialect.UnknownRom;
    private LoaderCommand? _lastSent;
    private TimeSpan? _start;

    /// <summary>A trace that goes to a writer; the caller closes the writer.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="label">Text at the beginning of each line, to tell the devices of one file apart; empty for none.</param>
    /// <param name="isJoined">True when the connection is older than the trace: an answer to a request before it may still come.</param>
    public TextFrameTrace(TextWriter writer, string label = "", bool isJoined = false)
    {
        _writer = writer ?? throw new ArgumentNullException(nameof(writer));
        _label = label.Length == 0 ? label : label + " ";
        if (isJoined)
        {
            _readsOut.Enqueue(true);
        }
    }

    /// <inheritdoc/>
    public void Identified(TimeSpan time, LoaderDialect dialect)
    {
        _dialect = dialect;
        _secrets = new SecretRegisters(dialect.Chip);
        Note(time, $"talking to the {(dialect.IsStub ? "stub" : "ROM")} of {dialect.Chip?.Name ?? "a chip not known yet"}");
    }

    /// <inheritdoc/>
    public void Sent(TimeSpan time, LoaderRequest request, byte[] payload)
    {
        _lastSent = request.Command;
        if (request.Command == LoaderCommand.ReadRegister)
        {
            _readsOut.Enqueue(IsSecretRead(payload));
        }

        var hex = new TraceHex(payload);
        string detail = TraceRequest.Write(payload, _secrets, hex) ?? request.Describe();
        Line(time, "->", Join(CommandNames.Of(request.Command), detail), hex.ToString());
    }

    /// <inheritdoc/>
    public void Received(TimeSpan time, LoaderRequest request, LoaderReply reply, int status)
    {
        bool isAnswer = reply.Command == request.Command;
        bool showValue = TakeRead(reply) && isAnswer && status == 0;
        string text = CommandNames.Of(reply.Command);
        if (!isAnswer)
        {
            text += $" (waiting for {CommandNames.Of(request.Command)})";
        }

        text += status == 0 ? " ok" : $" status 0x{status:X2}, {StatusText.Of(status)}";
        if (showValue)
        {
            text += $", value 0x{reply.Value:X8}";
        }

        Line(time, "<-", text, ReplyHex(request, reply, isAnswer, showValue));
    }

    /// <inheritdoc/>
    public void Raw(TimeSpan time, bool sent, byte[] payload)
    {
        string text = (sent, payload.Length) switch
        {
            (true, 4) => $"acknowledges {LittleEndian.ReadUInt32(payload, 0)} bytes",
            (false, 4) when _lastSent == LoaderCommand.MemEnd && payload.SequenceEqual(s_greeting) => "greeting of the stub",
            _ => $"{payload.Length} bytes",
        };
        Line(time, sent ? "->" : "<-", text, string.Empty);
    }

    /// <inheritdoc/>
    public void Note(TimeSpan time, string text) => Line(time, "--", text, string.Empty);

    private bool IsSecretRead(byte[] payload) =>
        payload.Length < LoaderReply.HeaderLength + 4 || _secrets.CanRead(LittleEndian.ReadUInt32(payload, LoaderReply.HeaderLength));

    // True when the word in the answer is a register's and cannot be secret.
    private bool TakeRead(LoaderReply reply)
    {
        if (reply.Command != LoaderCommand.ReadRegister)
        {
            return false;
        }

        bool open = _readsOut.Count > 0 && !_readsOut.Contains(true);
        if (_readsOut.Count > 0)
        {
            _readsOut.Dequeue();
        }

        return open;
    }

    private string ReplyHex(LoaderRequest request, LoaderReply reply, bool isAnswer, bool showValue)
    {
        var hex = new TraceHex(reply.Payload);
        hex.Show(4);
        hex.ShowOrMask(4, showValue);
        int statusLength = Math.Min(_dialect.StatusLength, reply.Length);
        int dataLength = reply.Length - statusLength;
        if (isAnswer && request.Command == LoaderCommand.GetSecurityInfo)
        {
            hex.Show(dataLength);
        }
        else
        {
            hex.Skip(dataLength);
        }

        // Only the first two bytes of a ROM's status have a meaning; the others are left over.
        hex.Show(2);
        hex.Mask(statusLength - 2);
        return hex.ToString();
    }

    private void Line(TimeSpan time, string direction, string text, string hex)
    {
        _start ??= time;
        string seconds = (time - _start.Value).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
        _writer.WriteLine(hex.Length == 0 ? $"{_label}{seconds,12} {direction} {text}" : $"{_label}{seconds,12} {direction} {text} | {hex}");
        _writer.Flush();
    }

    private static string Join(string name, string detail) => detail.Length == 0 ? name : name + " " + detail;
}
