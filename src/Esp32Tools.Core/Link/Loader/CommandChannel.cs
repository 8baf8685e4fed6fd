using System;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Errors;
using Esp32Tools.Link.Framing;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// Frames over a port: sends requests and finds the answer to each among all other input. Knows nothing of
/// retries; a failure leaves the input to be cleared before the next request.
/// </summary>
public sealed class CommandChannel
{
    // Frames of other commands to skip while waiting for an answer; a sync alone leaves seven of them.
    private const int MaxSkipped = 100;

    // Bytes that may come between two answers, all tries together: a minute at full speed of the fastest adapters.
    private const long MostUnanswered = 24 * 1024 * 1024;

    private const int SlowestBaudRate = 38400;

    // The eight answers of the ROM to a sync arrive in less than this.
    private static readonly TimeSpan s_echoPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly SlipDecoder _decoder = new();
    private readonly byte[] _buffer = new byte[0x4000];
    private LoaderDialect _dialect = LoaderDialect.UnknownRom;

    // The command whose one answer has come, so that a second one is a fault; null when others may be under way.
    private LoaderCommand? _answered;
    private long _unanswered;

    /// <summary>A channel over an open port.</summary>
    public CommandChannel(ISerialTransport transport, IFrameTrace? trace = null)
    {
        Transport = transport;
        Trace = trace;
    }

    /// <summary>The port.</summary>
    public ISerialTransport Transport { get; }

    /// <summary>The trace of all frames; null for none.</summary>
    public IFrameTrace? Trace { get; internal set; }

    /// <summary>The loader at the other end.</summary>
    public LoaderDialect Dialect
    {
        get => _dialect;
        set
        {
            _dialect = value;
            Trace?.Identified(Transport.Clock.Now, value);
        }
    }

    /// <summary>The latest bytes outside of frames since the input was last cleared; a boot log is found here.</summary>
    public string NoiseText => _decoder.NoiseText;

    /// <summary>Number of bytes outside of frames since the input was last cleared.</summary>
    public long NoiseCount => _decoder.NoiseCount;

    /// <summary>Number of answers found since the channel was opened.</summary>
    public long ReplyCount { get; private set; }

    /// <summary>Sends a request.</summary>
    /// <returns>The number of bytes sent.</returns>
    public int Send(LoaderRequest request, CancellationToken cancellationToken)
    {
        _answered = null;
        byte[] payload = request.ToPayload(Dialect);
        Trace?.Sent(Transport.Clock.Now, request, payload);
        byte[] frame = SlipEncoder.Encode(payload);
        Transport.Write(frame, 0, frame.Length, cancellationToken);
        return frame.Length;
    }

    /// <summary>Sends a frame that is not a request.</summary>
    public void SendRaw(byte[] payload, CancellationToken cancellationToken)
    {
        Trace?.Raw(Transport.Clock.Now, sent: true, payload);
        byte[] frame = SlipEncoder.Encode(payload);
        Transport.Write(frame, 0, frame.Length, cancellationToken);
    }

    /// <summary>
    /// When, by the clock of the port, everything has to be over; null for no limit. A peer that answers each request just in
    /// time would else take as long as it likes.
    /// </summary>
    internal TimeLimit? Limit { get; set; }

    /// <summary>Called about once a second while an answer is waited for; null for no call.</summary>
    internal Action? Waiting { get; set; }

    /// <summary>Closes the port when this channel is collected; null where somebody else closes it.</summary>
    internal PortHold? Hold { get; set; }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="LoaderException">
    /// <see cref="ErrorCode.ReplyTimeout"/>, <see cref="ErrorCode.GarbledAnswer"/>, <see cref="ErrorCode.CommandRefused"/>,
    /// <see cref="ErrorCode.CommandUnsupported"/>, <see cref="ErrorCode.UnexpectedReply"/>.
    /// </exception>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortFlooded"/>: bytes come without end, and no answer.</exception>
    public LoaderReply Exchange(LoaderRequest request, CancellationToken cancellationToken)
    {
        Limit?.Check(Transport);
        DropStale(cancellationToken);
        int sent = Send(request, cancellationToken);
        LoaderReply reply = Receive(request, request.Timeout + TimeOnWire(sent), cancellationToken);
        _answered = request.Command == LoaderCommand.Sync ? null : request.Command;
        return reply;
    }

    /// <summary>Waits for the answer to a request.</summary>
    public LoaderReply Receive(LoaderRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan deadline = Transport.Clock.Now + timeout;
        long noise = NoiseCount;
        for (int skipped = 0; skipped < MaxSkipped; skipped++)
        {
            byte[]? frame = ReceiveFrameUntil(deadline, cancellationToken);
            if (frame is null)
            {
                // A partial answer is a damaged one, not a missing one.
                _decoder.Abandon();
                Trace?.Note(
                    Transport.Clock.Now,
                    FormattableString.Invariant($"no answer to {CommandNames.Of(request.Command)} in {timeout.TotalSeconds:0.###} s"));
                throw LoaderErrors.NoReply(Transport.PortName, request, timeout, garbled: NoiseCount > noise);
            }

            LoaderReply? reply = LoaderReply.TryParse(frame);
            if (reply is null)
            {
                _decoder.Reject(frame);
                Trace?.Note(Transport.Clock.Now, $"{frame.Length} bytes that are not an answer");
                continue;
            }

            ReplyCount++;
            int dataLength = request.DataLengthOf(reply, Dialect);
            int status = reply.Status(dataLength, Dialect.IsStub);
            Trace?.Received(Transport.Clock.Now, request, reply, status);
            if (reply.Command == request.Command)
            {
                _unanswered = 0;
                return Check(request, reply, dataLength, status);
            }

            if (!Dialect.IsStub && reply.SaysUnknownCommand)
            {
                DrainEchoes(cancellationToken);
                throw LoaderErrors.Unsupported(request);
            }
        }

        throw LoaderErrors.Unexpected(request);
    }

    /// <summary>Waits for any frame.</summary>
    /// <returns>The frame, or null when the time passed.</returns>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortFlooded"/>: bytes come without end, and no frame.</exception>
    public byte[]? ReceiveFrame(TimeSpan timeout, CancellationToken cancellationToken)
    {
        byte[]? frame = ReceiveFrameUntil(Transport.Clock.Now + timeout, cancellationToken);
        if (frame is not null)
        {
            _unanswered = 0;
        }

        return frame;
    }

    /// <summary>
    /// Waits for any frame in the input that is there already, and counts an unfinished one as noise. For looking at the
    /// input before it is discarded.
    /// </summary>
    /// <returns>The frame, or null when there is none.</returns>
    internal byte[]? TakeWaiting(CancellationToken cancellationToken)
    {
        byte[]? frame = ReceiveFrame(TimeSpan.FromMilliseconds(1), cancellationToken);
        if (frame is null)
        {
            _decoder.Abandon();
        }

        return frame;
    }

    /// <summary>Discards all input.</summary>
    public void DiscardInput(CancellationToken cancellationToken)
    {
        Transport.DiscardInput(cancellationToken);
        _decoder.Reset();
        _answered = null;
    }

    /// <summary>
    /// Time to send this many bytes, before escapes. The port takes a block at once and sends it for seconds at a low rate;
    /// the chip's time begins after that. A socket does not know the speed of the line behind it.
    /// </summary>
    internal TimeSpan TimeOnWire(int bytes) =>
        ExactTime.FromSeconds(10.0 * bytes / (Transport.Traits.HasBaudRate ? Transport.BaudRate : SlowestBaudRate));

    // An answer that is there before its question was asked belongs to another one. When that one was answered already,
    // something on the way sends answers twice, and then none can be told from the one before.
    private void DropStale(CancellationToken cancellationToken)
    {
        Feed(Transport.Read(_buffer, 0, _buffer.Length, TimeSpan.Zero, cancellationToken));
        while (_decoder.TryTake() is byte[] frame)
        {
            LoaderReply? reply = LoaderReply.TryParse(frame);
            if (reply is null)
            {
                _decoder.Reject(frame);
            }
            else if (reply.Command == _answered)
            {
                Trace?.Note(Transport.Clock.Now, $"a second answer to {CommandNames.Of(reply.Command)}");
                throw LoaderErrors.AnsweredTwice(Transport.PortName, reply.Command);
            }
            else
            {
                Trace?.Note(Transport.Clock.Now, $"an answer to {CommandNames.Of(reply.Command)} that nothing waits for");
            }
        }
    }

    private LoaderReply Check(LoaderRequest request, LoaderReply reply, int dataLength, int status)
    {
        if (!reply.Fits(dataLength, Dialect.IsStub))
        {
            throw LoaderErrors.WrongLength(request, reply, dataLength);
        }

        if (status != 0)
        {
            throw LoaderErrors.Refused(request, status);
        }

        return reply;
    }

    private byte[]? ReceiveFrameUntil(TimeSpan deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_decoder.TryTake() is byte[] frame)
            {
                return frame;
            }

            TimeSpan left = deadline - Transport.Clock.Now;
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            TimeSpan wait = Waiting is not null && left > s_tick ? s_tick : left;
            Feed(Transport.Read(_buffer, 0, _buffer.Length, wait, cancellationToken));
            Waiting?.Invoke();
        }
    }

    private void Feed(int count)
    {
        _unanswered += count;
        if (_unanswered > MostUnanswered)
        {
            throw TransportErrors.Flooded(Transport.PortName, $"{_unanswered} bytes came, and no answer among them");
        }

        _decoder.Feed(_buffer, 0, count);
    }

    // The ROM repeats its refusal as often as it answered the command before: eight times right after a sync.
    private void DrainEchoes(CancellationToken cancellationToken)
    {
        for (int i = 0; i < MaxSkipped && ReceiveFrame(s_echoPause, cancellationToken) is not null; i++)
        {
        }

        DiscardInput(cancellationToken);
    }
}
