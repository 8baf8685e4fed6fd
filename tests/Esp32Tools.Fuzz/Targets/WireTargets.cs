using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Link.Framing;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport.Rfc2217;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>What comes over a port: frames and answers, Telnet, and the tables that flash memories hold.</summary>
internal static class WireTargets
{
    private static readonly LoaderDialect[] s_dialects =
    [
        LoaderDialect.UnknownRom,
        .. ChipCatalog.All.SelectMany(chip => (LoaderDialect[])[new(chip, false), new(chip, true)]),
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("frames", Frames) { Made = MakeFrames },
        new("telnet", input => new TelnetDecoder(new Receiver()).Decode(input, input.Length))
        {
            Made = () => [Convert.FromHexString("FFFD2CFFFB00FFFA2C6500012C00FFF041FFFF42FFF1")],
        },
        new("sfdp", Sfdp) { Made = () => [Convert.FromHexString("53464450060101FF00060110300000FF" + new string('F', 64) + string.Concat(Enumerable.Repeat("E520F1FFFFFFFF03", 10)))] },
    ];

    private static void Frames(byte[] input)
    {
        var decoder = new SlipDecoder();
        decoder.Feed(input, 0, input.Length);
        while (decoder.TryTake() is { } frame)
        {
            if (LoaderReply.TryParse(frame) is not { } reply)
            {
                decoder.Reject(frame);
                continue;
            }

            foreach (LoaderDialect dialect in s_dialects)
            {
                Read(new GetSecurityInfoRequest(), reply, dialect);
                Read(new ReadRegisterRequest { Address = 0 }, reply, dialect);
                Read(new FlashDigestRequest { Address = 0, Length = 4096 }, reply, dialect);
                Read(new ReadFlashSlowRequest { Address = 0, Length = 64 }, reply, dialect);
            }
        }

        decoder.Abandon();
        if (decoder.NoiseText.Length > 4096)
        {
            throw new InvalidOperationException($"{decoder.NoiseText.Length} characters of noise are kept.");
        }
    }

    // As the client reads an answer: one that is too short is refused before.
    private static void Read<T>(LoaderQuery<T> request, LoaderReply reply, LoaderDialect dialect)
    {
        int length = request.DataLengthOf(reply, dialect);
        if (reply.Status(length, dialect.IsStub) == 0 && reply.Length >= length)
        {
            try
            {
                Look.At(request.ReadReply(reply, dialect));
            }
            catch (LoaderException)
            {
                // An answer that says something else.
            }
        }
    }

    private static void Sfdp(byte[] input)
    {
        if (input.Length >= FlashSfdp.HeaderLength && FlashSfdp.HeadersLength(input) <= input.Length)
        {
            _ = FlashSfdp.TotalLength(input);
        }

        Look.At(FlashSfdp.TryParse(input));
    }

    private static IEnumerable<byte[]> MakeFrames()
    {
        byte[] info = [1, 0x14, 24, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] register = [1, 0x0A, 2, 0, 0x78, 0x56, 0x34, 0x12, 0, 0];
        byte[] digest = [1, 0x13, 18, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 18).Select(i => (byte)i)];
        byte[] text = [1, 0x13, 36, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)'a', 32), 0, 0, 0, 0];
        byte[][] all = [info, register, digest, text];
        yield return [.. all.SelectMany(SlipEncoder.Encode)];
        yield return [.. "ets Jul 29 2019 12:21:46\r\n"u8, .. SlipEncoder.Encode(register), 0xC0, 0xDB, 0xC0, .. SlipEncoder.Encode([0xC0, 0xDB])];
    }

    private sealed class Receiver : ITelnetReceiver
    {
        public void TakeData(byte[] buffer, int offset, int count) => _ = buffer.AsSpan(offset, count);

        public void TakeOption(byte verb, byte option)
        {
        }

        public void TakeSubnegotiation(byte[] content) => _ = content.Length;
    }
}
