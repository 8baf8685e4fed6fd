using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>
/// Answers each request as the recording does, in whatever order they come; a request that it holds several times is
/// answered in its order, and from then on as the last time. It takes any stub, greets, and goes on as the stub does. What
/// else the recording does not hold is noted in <see cref="Unrecorded"/>.
/// </summary>
internal sealed class RecordedChip
{
    private static readonly byte[] s_greeting = "OHAI"u8.ToArray();

    private readonly Dictionary<(bool IsStub, string Request), Queue<RecordedExchange>> _answers = [];
    private readonly Dictionary<uint, uint> _registers = [];

    /// <param name="sample">Name of a recording of the repository.</param>
    /// <param name="transport">The port.</param>
    public RecordedChip(string sample, ScriptedTransport transport)
        : this(Recording.Sample(sample), transport)
    {
    }

    public RecordedChip(Recording recording, ScriptedTransport transport)
    {
        Recording = recording;
        Transport = transport;
        IsStub = Recording.UsesStub && !Recording.StartsStub;
        foreach (RecordedExchange exchange in Recording.Exchanges.Where(exchange => exchange.Request.MissingLength == 0))
        {
            (bool, string) key = (exchange.Dialect.IsStub, Convert.ToHexString(exchange.Request.Payload));
            _answers.TryAdd(key, new Queue<RecordedExchange>());
            _answers[key].Enqueue(exchange);
        }

        transport.FrameWritten = Answer;
    }

    public Recording Recording { get; }

    public ScriptedTransport Transport { get; }

    /// <summary>True while the stub runs.</summary>
    public bool IsStub { get; set; }

    /// <summary>True to take CHANGE_BAUDRATE seriously: from then on only that rate is understood.</summary>
    public bool FollowsBaudRate { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Sees a request first; true when it has answered it (or kept silent) itself.</summary>
    public Func<byte[], bool>? Override { get; set; }

    /// <summary>Requests that were answered without the recording, by command.</summary>
    public List<LoaderCommand> Unrecorded { get; } = [];

    /// <summary>Sets a register that the recording has otherwise or not at all.</summary>
    public void SetRegister(uint address, uint value) => _registers[address] = value;

    /// <summary>Sends an answer: header word, data and a status of the length that fits.</summary>
    public void Reply(LoaderCommand command, uint value = 0, byte[]? data = null, byte failure = 0, byte reason = 0)
    {
        byte[] status = IsStub ? [failure, reason] : [failure, reason, 0, 0];
        byte[] body = [.. data ?? [], .. status];
        var payload = new byte[8 + body.Length];
        payload[0] = 1;
        payload[1] = (byte)command;
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(2), (ushort)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), value);
        body.CopyTo(payload, 8);
        Transport.ArriveFrame(payload, Latency);
    }

    /// <summary>The eight answers to a sync.</summary>
    public void ReplyToSync()
    {
        for (int i = 0; i < 8; i++)
        {
            Reply(LoaderCommand.Sync, IsStub ? 0 : 0x2012_0707u);
        }
    }

    private void Answer(byte[] payload)
    {
        if (Override?.Invoke(payload) == true)
        {
            return;
        }

        var command = (LoaderCommand)payload[1];
        uint first = payload.Length >= 12 ? BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(8)) : 0;
        bool isOverridden = command == LoaderCommand.ReadRegister && _registers.ContainsKey(first);
        if (!isOverridden && _answers.TryGetValue((IsStub, Convert.ToHexString(payload)), out Queue<RecordedExchange>? recorded))
        {
            RecordedExchange exchange = recorded.Count > 1 ? recorded.Dequeue() : recorded.Peek();
            exchange.Answers.ForEach(frame => Transport.ArriveFrame(frame.Payload, Latency));
            IsStub |= exchange.Answers.Any(frame => frame.Kind == "stub-greeting");
        }
        else
        {
            AnswerUnrecorded(command, first);
        }

        if (command == LoaderCommand.ChangeBaudRate && FollowsBaudRate)
        {
            Transport.ListensAt = (int)first;
        }
    }

    // The stub gives what the ROM gave; that of a chip whose ROM knows no such command does not know it either.
    private void ReplyWithSecurityInfo()
    {
        byte[]? recorded = Recording.Frames
            .FirstOrDefault(frame => !frame.FromHost && frame.HasHeader && frame.Payload[1] == (byte)LoaderCommand.GetSecurityInfo)?.Payload;
        if (recorded is null)
        {
            Reply(LoaderCommand.GetSecurityInfo, failure: 0xC3);
        }
        else
        {
            Reply(LoaderCommand.GetSecurityInfo, data: recorded[8..28]);
        }
    }

    private void AnswerUnrecorded(LoaderCommand command, uint first)
    {
        Unrecorded.Add(command);
        switch (command)
        {
            case LoaderCommand.Sync:
                ReplyToSync();
                break;
            case LoaderCommand.ReadRegister:
                Reply(command, _registers.GetValueOrDefault(first));
                break;
            case LoaderCommand.GetSecurityInfo:
                ReplyWithSecurityInfo();
                break;
            case LoaderCommand.MemBegin or LoaderCommand.MemData or LoaderCommand.WriteRegister or LoaderCommand.ChangeBaudRate:
                Reply(command);
                break;
            case LoaderCommand.MemEnd:
                Reply(command);
                IsStub = true;
                Transport.ArriveFrame(s_greeting, Latency);
                break;
        }
    }
}
