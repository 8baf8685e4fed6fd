using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class TextFrameTraceTests
{
    private const uint Esp32KeyWord = 0x3FF5_A038;
    private const uint C3ProgramWord = 0x6000_8800;
    private const uint C3LastCheckWord = 0x6000_8828;
    private const uint Secret = 0x5EC2_E75A;

    private static readonly LoaderDialect s_esp32Rom = new(ChipCatalog.ByName("esp32"), IsStub: false);
    private static readonly LoaderDialect s_esp32Stub = new(ChipCatalog.ByName("esp32"), IsStub: true);
    private static readonly LoaderDialect s_c3Rom = new(ChipCatalog.ByName("esp32c3"), IsStub: false);

    [Fact]
    public void Frame_is_a_line_with_time_direction_name_fields_meaning_and_bytes()
    {
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.FromSeconds(100), s_esp32Rom);
            Sent(trace, s_esp32Rom, new ReadRegisterRequest { Address = 0x3FF5_A00C }, 100.25);
            Received(trace, s_esp32Rom, new ReadRegisterRequest { Address = 0x3FF5_A00C }, "010A0400008000000000BEEF", 100.250125);
        });
        Assert.Equal(
            [
                "    0.000000 -- talking to the ROM of ESP32",
                "    0.250000 -> READ_REG 0x3FF5A00C | 000A0400 00000000 0CA0F53F",
                "    0.250125 <- READ_REG ok, value 0x00008000 | 010A0400 00800000 0000 ****",
            ],
            lines);
    }

    [Fact]
    public void Refusal_is_shown_with_its_meaning()
    {
        var request = new GetSecurityInfoRequest();
        string[] lines = Trace(trace =>
        {
            Sent(trace, s_esp32Rom, request);
            Received(trace, s_esp32Rom, request, "010804000707122001050000");
        });
        Assert.EndsWith("<- SYNC (waiting for GET_SECURITY_INFO) status 0x05, invalid message | 01080400 ******** 0105 ****", lines[1]);
    }

    [Fact]
    public void Word_of_a_key_block_is_masked_in_both_directions()
    {
        var read = new ReadRegisterRequest { Address = Esp32KeyWord };
        var write = new WriteRegisterRequest
        {
            Writes = [new(0x3FF5_A098, Secret, uint.MaxValue, 0), new(0x3FF5_A0F8, 0x1234_5678, 0xFF, 7), new(0x3FF5_A0F0, uint.MaxValue, Secret, 0)],
        };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_esp32Rom);
            Sent(trace, s_esp32Rom, read);
            Received(trace, s_esp32Rom, read, "010A04005AE7C25E00000000");
            Sent(trace, s_esp32Rom, write);
            Received(trace, s_esp32Rom, write, "010904005AE7C25E00000000");
        });
        AssertNowhere(Secret, lines);
        Assert.Contains("0x3FF5A098 = ********, 0x3FF5A0F8 = 0x12345678 mask 0x000000FF delay 7 us, 0x3FF5A0F0 = ********", lines[3]);
        Assert.Contains("78563412", lines[3]);
        Assert.DoesNotContain("value", string.Join("\n", lines));
    }

    [Theory]
    [InlineData(0x6001_A038, true)]
    [InlineData(0x6001_A074, true)]
    [InlineData(0x6001_A098, true)]
    [InlineData(0x6001_A00C, false)]
    [InlineData(0x6000_0000, false)]
    public void Esp32_key_is_masked_on_its_other_bus_as_well(uint address, bool isMasked)
    {
        var read = new ReadRegisterRequest { Address = address };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_esp32Rom);
            Sent(trace, s_esp32Rom, read);
            Received(trace, s_esp32Rom, read, "010A04005AE7C25E00000000");
        });
        Assert.Equal(!isMasked, lines[2].Contains("value 0x5EC2E75A"));
        if (isMasked)
        {
            AssertNowhere(Secret, lines);
        }
    }

    [Theory]
    [InlineData(C3ProgramWord)]
    [InlineData(0x6000_881C)]
    [InlineData(0x6000_8820)]
    [InlineData(C3LastCheckWord)]
    [InlineData(C3LastCheckWord + 3)]
    [InlineData(0x6000_889C)]
    [InlineData(0x6000_8899)]
    [InlineData(0x6000_8978)]
    public void Programming_check_and_key_words_of_a_newer_chip_are_masked(uint address)
    {
        var read = new ReadRegisterRequest { Address = address };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_c3Rom);
            Sent(trace, s_c3Rom, read);
            Received(trace, s_c3Rom, read, "010A04005AE7C25E00000000");
        });
        AssertNowhere(Secret, lines);
    }

    [Theory]
    [InlineData(0x6000_882C)]
    [InlineData(0x6000_8844)]
    [InlineData(0x6000_89CC)]
    [InlineData(0x6000_0014)]
    public void Other_registers_are_shown(uint address)
    {
        var read = new ReadRegisterRequest { Address = address };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_c3Rom);
            Sent(trace, s_c3Rom, read);
            Received(trace, s_c3Rom, read, "010A04005AE7C25E00000000");
        });
        Assert.Contains("value 0x5EC2E75A", lines[2]);
    }

    [Fact]
    public void Nothing_but_the_magic_word_is_shown_of_a_chip_that_is_not_known_yet()
    {
        string[] lines = Trace(trace =>
        {
            foreach (uint address in new[] { ChipDefinition.MagicRegister, Esp32KeyWord })
            {
                var read = new ReadRegisterRequest { Address = address };
                Sent(trace, s_esp32Rom, read);
                Received(trace, s_esp32Rom, read, address == Esp32KeyWord ? "010A04005AE7C25E00000000" : "010A0400831DF00000000000");
            }
        });
        Assert.Contains("value 0x00F01D83", lines[1]);
        AssertNowhere(Secret, lines);
    }

    [Fact]
    public void Late_answer_to_a_secret_read_is_not_shown_as_that_of_the_next_one()
    {
        var secret = new ReadRegisterRequest { Address = Esp32KeyWord };
        var harmless = new ReadRegisterRequest { Address = 0x3FF5_A000 };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_esp32Rom);
            Sent(trace, s_esp32Rom, harmless);
            Sent(trace, s_esp32Rom, secret);
            for (int i = 0; i < 3; i++)
            {
                Sent(trace, s_esp32Rom, harmless);
                Received(trace, s_esp32Rom, harmless, i == 1 ? "010A04005AE7C25E00000000" : "010A04000000010000000000");
            }
        });
        AssertNowhere(Secret, lines);
        Assert.Contains("value 0x00010000", lines[^1]);
    }

    [Fact]
    public void Contents_of_flash_and_ram_are_a_length_and_nothing_else()
    {
        byte[] contents = [.. Enumerable.Repeat(new byte[] { 0x5A, 0xE7, 0xC2, 0x5E }, 16).SelectMany(word => word)];
        LoaderCommand[] blocks = [LoaderCommand.FlashData, LoaderCommand.FlashDeflateData, LoaderCommand.MemData];
        var slow = new ReadFlashSlowRequest { Address = 0x9000, Length = 64 };
        var digest = new FlashDigestRequest { Address = 0x9000, Length = 4 };
        string[] lines = Trace(trace =>
        {
            trace.Identified(TimeSpan.Zero, s_esp32Stub);
            foreach (LoaderCommand command in blocks)
            {
                Sent(trace, s_esp32Stub, new BlockRequest(command, 7, contents, 0, 63, 64, LoaderTimeouts.Default));
            }

            trace.Raw(TimeSpan.Zero, sent: false, contents);
            trace.Raw(TimeSpan.Zero, sent: false, [.. contents.Take(16)]);
            trace.Raw(TimeSpan.Zero, sent: false, [.. contents.Take(4)]);
            trace.Raw(TimeSpan.Zero, sent: false, "OHAI"u8.ToArray());
            trace.Raw(TimeSpan.Zero, sent: true, [0, 0x10, 0, 0]);
            Received(trace, s_esp32Stub, digest, "01131200000000005AE7C25E5AE7C25E5AE7C25E5AE7C25E0000");
            trace.Identified(TimeSpan.Zero, s_esp32Rom);
            Received(trace, s_esp32Rom, slow, "010E4400" + "5AE7C25E" + Convert.ToHexString(contents) + "0000C25E");
            Sent(trace, s_esp32Rom, new RawRequest((LoaderCommand)0x42, contents));
        });
        AssertNowhere(Secret, lines);
        Assert.All(lines[1..4], line => Assert.Contains("block 7, 64 bytes", line));
        Assert.All(lines[1..4], line => Assert.EndsWith("00 ******** 40000000 07000000 00000000 00000000 (64 bytes)", line));
        Assert.EndsWith("<- 64 bytes", lines[4]);
        Assert.EndsWith("<- 4 bytes", lines[7]);
        Assert.EndsWith("-> acknowledges 4096 bytes", lines[8]);
        Assert.EndsWith("(16 bytes) 0000", lines[9]);
        Assert.EndsWith("(64 bytes) 0000 ****", lines[11]);
    }

    [Fact]
    public void Lines_read_the_same_in_every_culture_and_are_flushed_one_by_one()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var stream = new MemoryStream();
            using var writer = new StreamWriter(stream);
            var trace = new TextFrameTrace(writer);
            trace.Note(TimeSpan.FromSeconds(1), "first");
            trace.Note(TimeSpan.FromSeconds(2.5), "second");
            Assert.Contains("1.500000 -- second", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Recording.SessionNames), MemberType = typeof(Recording))]
    public void Trace_of_a_whole_session_holds_no_piece_of_a_key_or_of_the_flash(string name)
    {
        string[] lines = TraceOf(Recording.Load(name));
        string[] secrets = [.. SecretFiles(name).SelectMany(Pieces).Distinct()];
        string text = string.Concat(string.Join("\n", lines).Where(c => c != ' ')).ToUpperInvariant();
        Assert.DoesNotContain(secrets, text.Contains);

        // Not empty-handed where there are secrets to look for.
        bool moves = name.EndsWith("-burn-key", StringComparison.Ordinal) || name.EndsWith("-flash-plain", StringComparison.Ordinal);
        Assert.True(secrets.Length > 0 || !moves);
    }

    [Theory]
    [MemberData(nameof(Recording.SessionNames), MemberType = typeof(Recording))]
    public void Trace_of_a_whole_session_has_a_line_for_every_request(string name)
    {
        Recording recording = Recording.Load(name);
        int requests = recording.Exchanges.Count(exchange => exchange.Request.HasHeader);
        Assert.Equal(requests, TraceOf(recording).Count(line => line.Contains(" -> ") && line.Contains(" | ")));
    }

    // The session of the recording, run by Core over a port that answers as recorded.
    private static string[] TraceOf(Recording recording) => Trace(trace =>
    {
        var transport = new ScriptedTransport();
        var channel = new CommandChannel(transport, trace);
        foreach (RecordedExchange exchange in recording.Exchanges)
        {
            if (channel.Dialect != exchange.Dialect)
            {
                channel.Dialect = exchange.Dialect;
            }

            transport.FrameWritten = _ => exchange.Answers.ForEach(frame => transport.ArriveFrame(frame.Payload));
            if (exchange.Request.HasHeader)
            {
                LoaderRequest request = RecordedRequests.ToTyped(exchange.Request, exchange.Dialect) ?? RecordedRequests.ToRaw(exchange.Request);
                try
                {
                    channel.Exchange(request, CancellationToken.None);
                }
                catch (LoaderException)
                {
                    // Refusals belong to the recording.
                }
            }
            else
            {
                channel.SendRaw(exchange.Request.Payload, CancellationToken.None);
            }

            while (channel.ReceiveFrame(TimeSpan.FromMilliseconds(1), CancellationToken.None) is byte[] frame)
            {
                trace.Raw(transport.Clock.Now, sent: false, frame);
            }
        }
    });

    // Keys and flash contents as they were given to the tool; read-flash reads what write-flash-plain wrote.
    private static IEnumerable<byte[]> SecretFiles(string name)
    {
        string part = name.Replace("-rom-", "-", StringComparison.Ordinal).Replace("-stub-", "-", StringComparison.Ordinal)
            .Replace("read-flash", "write-flash-plain", StringComparison.Ordinal);
        string folder = SharedFiles.Available ? SharedFiles.PathOf("vectors", "wire", "data") : string.Empty;
        return folder.Length == 0 ? [] : Directory.GetFiles(folder, part + "-?.bin").Select(File.ReadAllBytes).Select(bytes => bytes[..Math.Min(512, bytes.Length)]);
    }

    private static IEnumerable<string> Pieces(byte[] secret) =>
        from start in Enumerable.Range(0, secret.Length - 3)
        let piece = secret[start..(start + 4)]
        where piece.Distinct().Count() > 2
        from text in new[] { Convert.ToHexString(piece), Convert.ToHexString([.. piece.Reverse()]) }
        select text;

    private static void AssertNowhere(uint secret, string[] lines)
    {
        byte[] bytes = BitConverter.GetBytes(secret);
        string text = string.Concat(string.Join("\n", lines).Where(c => c != ' ')).ToUpperInvariant();
        Assert.DoesNotContain(Convert.ToHexString(bytes), text);
        Assert.DoesNotContain(Convert.ToHexString([.. bytes.Reverse()]), text);
    }

    private static string[] Trace(Action<TextFrameTrace> use)
    {
        var writer = new StringWriter { NewLine = "\n" };
        use(new TextFrameTrace(writer));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }

    private static void Sent(TextFrameTrace trace, LoaderDialect dialect, LoaderRequest request, double seconds = 0) =>
        trace.Sent(TimeSpan.FromSeconds(seconds), request, request.ToPayload(dialect));

    private static void Received(TextFrameTrace trace, LoaderDialect dialect, LoaderRequest request, string hex, double seconds = 0)
    {
        LoaderReply reply = LoaderReply.TryParse(Convert.FromHexString(hex))!;
        trace.Received(TimeSpan.FromSeconds(seconds), request, reply, reply.Status(request.ReplyDataLength(dialect), dialect.IsStub));
    }
}
