using System;
using System.Buffers.Binary;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>
/// Exchanges recorded between the reference tool and real loaders: what Core sends in the tool's place is the same, byte
/// for byte, and every recorded answer is understood as what it was.
/// </summary>
public sealed class ReplayTests
{
    [Theory]
    [MemberData(nameof(Recording.Names), MemberType = typeof(Recording))]
    public void Every_recorded_request_is_built_alike(string name)
    {
        Recording recording = Recording.Load(name);
        int built = 0;
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => exchange.Request.HasHeader))
        {
            RecordedFrame recorded = exchange.Request;
            if (recorded.MissingLength > 0)
            {
                AssertStubBlockAlike(exchange);
                built++;
            }
            else if (RecordedRequests.ToTyped(recorded, exchange.Dialect) is LoaderRequest request)
            {
                byte[] payload = request.ToPayload(exchange.Dialect);
                if (!(HasChoice(exchange) && payload.AsSpan(0, 2).SequenceEqual(recorded.Payload.AsSpan(0, 2))))
                {
                    Assert.Equal(Convert.ToHexString(recorded.Payload), Convert.ToHexString(payload));
                    built++;
                }
            }
            else
            {
                Assert.True(!recording.IsWholeSession, $"Core cannot make {exchange}.");
            }
        }

        Assert.True(built > 0 || !recording.IsWholeSession);
    }

    [Theory]
    [MemberData(nameof(Recording.Names), MemberType = typeof(Recording))]
    public void Every_recorded_answer_is_understood_as_it_was_meant(string name)
    {
        Recording recording = Recording.Load(name);
        foreach (RecordedExchange exchange in recording.Exchanges.Where(exchange => exchange.Request.HasHeader))
        {
            LoaderRequest request = RecordedRequests.ToTyped(exchange.Request, exchange.Dialect) ?? RecordedRequests.ToRaw(exchange.Request);
            foreach (RecordedFrame frame in exchange.Answers.Where(frame => frame.HasHeader))
            {
                LoaderReply? reply = LoaderReply.TryParse(frame.Payload);
                Assert.True(reply is not null, $"{frame} is not taken for an answer.");
                if (reply.Command == request.Command)
                {
                    Assert.Equal(StatusFromTheEnd(frame, exchange.Dialect), reply.Status(request.ReplyDataLength(exchange.Dialect), exchange.Dialect.IsStub));
                }
            }

            AssertOutcome(exchange, request);
        }
    }

    [Theory]
    [MemberData(nameof(Recording.Names), MemberType = typeof(Recording))]
    public void Every_recorded_frame_survives_the_way_through_encoder_and_decoder(string name)
    {
        foreach (RecordedFrame frame in Recording.Load(name).Frames.Where(frame => frame.Payload.Length > 0))
        {
            var decoder = new Esp32Tools.Link.Framing.SlipDecoder();
            byte[] wire = Esp32Tools.Link.Framing.SlipEncoder.Encode(frame.Payload);
            Assert.Equal(TestSlip.Frame(frame.Payload), wire);
            decoder.Feed(wire, 0, wire.Length);
            Assert.Equal(frame.Payload, decoder.TryTake());
        }
    }

    // Runs the exchange over a port that answers as recorded.
    private static void AssertOutcome(RecordedExchange exchange, LoaderRequest request)
    {
        var transport = new ScriptedTransport();
        transport.FrameWritten = _ =>
        {
            foreach (RecordedFrame frame in exchange.Answers)
            {
                transport.Arrive(frame.Kind == "not-framed" ? frame.Payload : TestSlip.Frame(frame.Payload));
            }
        };
        var channel = new CommandChannel(transport) { Dialect = exchange.Dialect };
        LoaderReply Exchange() => channel.Exchange(request, CancellationToken.None);

        RecordedFrame? answer = exchange.Answers.FirstOrDefault(frame => frame.HasHeader && frame.Payload[1] == (byte)request.Command);
        if (answer is null && !exchange.Answers.Any(frame => frame.HasHeader))
        {
            ErrorCode silence = exchange.Answers.Any(frame => frame.Kind == "not-framed") ? ErrorCode.GarbledAnswer : ErrorCode.ReplyTimeout;
            Assert.Equal(silence, Assert.Throws<LoaderException>(Exchange).Code);
        }
        else if (answer is null)
        {
            // The ROM's answer to a command it does not know goes under the name of the command before.
            var error = Assert.Throws<LoaderException>(Exchange);
            Assert.Equal((ErrorCode.CommandUnsupported, 0x05), (error.Code, error.Status));
        }
        else if (StatusFromTheEnd(answer, exchange.Dialect) is int status and not 0)
        {
            var error = Assert.Throws<LoaderException>(Exchange);
            Assert.Equal((ErrorCode.CommandRefused, status), (error.Code, error.Status));
            Assert.Equal(CommandNames.Of(request.Command), error.Command);
        }
        else
        {
            AssertTypedReply(exchange, request, answer, Exchange());
        }
    }

    private static void AssertTypedReply(RecordedExchange exchange, LoaderRequest request, RecordedFrame answer, LoaderReply reply)
    {
        byte[] payload = answer.Payload;
        int statusLength = exchange.Dialect.StatusLength;
        byte[] data = payload[8..^statusLength];
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4));
        Assert.Equal(value, reply.Value);
        switch (request)
        {
            case ReadRegisterRequest read:
                Assert.Equal(value, read.ReadReply(reply, exchange.Dialect));
                break;
            case SyncRequest sync:
                Assert.Equal(exchange.Dialect.IsStub, sync.ReadReply(reply, exchange.Dialect) == 0);
                break;
            case FlashDigestRequest digest:
                byte[] expected = exchange.Dialect.IsStub ? data : Convert.FromHexString(Encoding.ASCII.GetString(data));
                Assert.Equal(expected, digest.ReadReply(reply, exchange.Dialect));
                break;
            case ReadFlashSlowRequest slow:
                Assert.Equal(data[..slow.Length], slow.ReadReply(reply, exchange.Dialect));
                break;
            case GetSecurityInfoRequest security:
                SecurityInfo info = security.ReadReply(reply, exchange.Dialect);
                Assert.Equal(exchange.Dialect.Chip!.ImageChipId, info.ChipId);
                Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(data), info.Flags);
                Assert.Equal(data[5..11], info.KeyPurposes);
                break;
            default:
                Assert.Equal(request.ReplyDataLength(exchange.Dialect), data.Length);
                break;
        }
    }

    // The recording leaves the stub's code out. If ours is the same stub, its block is; else all but code and checksum is.
    private static void AssertStubBlockAlike(RecordedExchange exchange)
    {
        RecordedFrame recorded = exchange.Request;
        byte[]? code = StubPart(exchange.Dialect.Chip!.Loader.StubName, recorded);
        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(recorded.Payload.AsSpan(12));
        var request = new BlockRequest(
            LoaderCommand.MemData, sequence, code ?? new byte[recorded.MissingLength], 0, recorded.MissingLength, recorded.MissingLength, LoaderTimeouts.Default);
        byte[] header = request.ToPayload(exchange.Dialect)[..24];
        if (code is null)
        {
            recorded.Payload.AsSpan(4, 4).CopyTo(header.AsSpan(4));
        }

        Assert.Equal(Convert.ToHexString(recorded.Payload), Convert.ToHexString(header));
    }

    private static byte[]? StubPart(string? stubName, RecordedFrame recorded)
    {
        if (stubName is null || !StubStore.Contains(stubName))
        {
            return null;
        }

        StubImage stub = StubStore.Get(stubName);
        return new[] { stub.Text, stub.Data }.FirstOrDefault(part =>
            Convert.ToHexString(SHA256.HashData(part)).Equals(recorded.MissingSha256, StringComparison.OrdinalIgnoreCase));
    }

    // The stub takes FLASH_BEGIN with four words too, as some of the requests written by hand have it; ours has five.
    private static bool HasChoice(RecordedExchange exchange) =>
        exchange.Dialect.IsStub && exchange.Request.Kind is "FLASH_BEGIN" or "FLASH_DEFL_BEGIN" && exchange.Request.Payload.Length == 24;

    // Core finds the status behind the data it expects; here it is found from the other end.
    private static int StatusFromTheEnd(RecordedFrame frame, LoaderDialect dialect)
    {
        byte[] payload = frame.Payload;
        return dialect.IsStub
            ? (payload[^2] << 8) | payload[^1]
            : payload[^4] == 0 ? 0 : payload[^3];
    }
}
