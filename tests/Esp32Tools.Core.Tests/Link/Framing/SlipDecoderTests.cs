using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Link.Framing;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Framing;

public sealed class SlipDecoderTests
{
    private const string BootLog =
        "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n";

    private static readonly byte[] s_first = [0x01, 0x08, 0x04, 0x00];
    private static readonly byte[] s_second = [0xDB, 0xC0, 0xDB];

    [Fact]
    public void Decoder_resyncs_after_boot_log()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [.. Encoding.ASCII.GetBytes(BootLog), .. TestSlip.Frame(s_first), .. TestSlip.Frame(s_second)]);
        Assert.Equal([s_first, s_second], TakeAll(decoder));
        Assert.Equal(BootLog, decoder.NoiseText);
        Assert.Equal(BootLog.Length, decoder.NoiseCount);
    }

    [Fact]
    public void Decoder_resyncs_after_garbage_that_ends_in_half_an_escape()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0x00, 0xFF, 0xDB, .. TestSlip.Frame(s_first)]);
        Assert.Equal([s_first], TakeAll(decoder));
    }

    [Fact]
    public void Half_a_frame_costs_only_itself()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0xC0, 0x01, 0x0A, .. TestSlip.Frame(s_first), .. TestSlip.Frame(s_second)]);
        Assert.Equal([[0x01, 0x0A], s_first, s_second], TakeAll(decoder));
    }

    [Fact]
    public void Empty_frames_are_passed_over()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0xC0, 0xC0, 0xC0, .. TestSlip.Frame(s_first), 0xC0, 0xC0, 0xC0]);
        Assert.Equal([s_first], TakeAll(decoder));
        Assert.Equal(0, decoder.NoiseCount);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x01, 0xDB, 0x55, 0x02, 0xC0 })]
    [InlineData(new byte[] { 0xC0, 0x01, 0xDB, 0xDB, 0xDC, 0xC0 })]
    [InlineData(new byte[] { 0xC0, 0x01, 0x02, 0xDB, 0xC0 })]
    [InlineData(new byte[] { 0xC0, 0xDB, 0xC0 })]
    public void Frame_with_a_wrong_escape_is_dropped_and_counted(byte[] wire)
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [.. wire, .. TestSlip.Frame(s_first)]);
        Assert.Equal([s_first], TakeAll(decoder));
        Assert.Equal(1, decoder.DamagedCount);
        Assert.True(decoder.NoiseCount > 0);
    }

    [Fact]
    public void Lost_delimiter_costs_one_frame_at_most()
    {
        byte[][] payloads = [[1, 1, 1], [2, 2], [3, 3, 3], [4, 4]];
        byte[] whole = [.. payloads.SelectMany(payload => TestSlip.Frame(payload))];
        for (int lost = 0; lost < whole.Length; lost++)
        {
            if (whole[lost] == SlipEncoder.End)
            {
                var decoder = new SlipDecoder();
                Feed(decoder, [.. whole[..lost], .. whole[(lost + 1)..]]);
                int kept = TakeAll(decoder).Count(frame => payloads.Any(frame.SequenceEqual));
                Assert.True(kept >= payloads.Length - 1, $"Without the C0 at {lost} only {kept} frames are left.");
            }
        }
    }

    [Fact]
    public void Both_delimiters_between_two_frames_lost_cost_those_two_and_no_more()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0xC0, 1, 2, 3, 4, 0xC0, .. TestSlip.Frame(s_first)]);
        Assert.Equal([[1, 2, 3, 4], s_first], TakeAll(decoder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_encoded_is_decoded_whatever_the_data_and_the_pieces_it_comes_in(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            byte[][] payloads = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomPayload(random))];
            byte[] wire = [.. payloads.SelectMany(SlipEncoder.Encode)];
            var decoder = new SlipDecoder();
            List<byte[]> decoded = [];
            for (int at = 0; at < wire.Length;)
            {
                int count = Math.Min(random.Next(1, 40), wire.Length - at);
                decoder.Feed(wire, at, count);
                at += count;
                decoded.AddRange(TakeAll(decoder));
            }

            Assert.Equal(payloads, decoded);
            Assert.Equal(payloads, TestSlip.Payloads(wire));
            Assert.Equal(0, decoder.NoiseCount);
        }
    }

    [Fact]
    public void Encoder_escapes_delimiter_and_escape_and_nothing_else() => Assert.Equal(
        [0xC0, 0x00, 0xDB, 0xDC, 0xDB, 0xDD, 0xDC, 0xDD, 0xFF, 0xC0],
        SlipEncoder.Encode([0x00, 0xC0, 0xDB, 0xDC, 0xDD, 0xFF]));

    [Fact]
    public void Rejected_frame_is_found_in_the_noise()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0xC0, (byte)'b', (byte)'o', (byte)'o', (byte)'t', 0xC0]);
        decoder.Reject(TakeAll(decoder).Single());
        Assert.Equal("boot", decoder.NoiseText);
    }

    [Fact]
    public void Unfinished_frame_is_found_in_the_noise_once_it_is_given_up()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0xC0, (byte)'b', (byte)'o', (byte)'o', (byte)'t']);
        Assert.Equal(string.Empty, decoder.NoiseText);
        decoder.Abandon();
        Assert.Equal("boot", decoder.NoiseText);
        Feed(decoder, [(byte)'!', .. TestSlip.Frame(s_first)]);
        Assert.Equal([s_first], TakeAll(decoder));
        Assert.Equal("boot!", decoder.NoiseText);
    }

    [Fact]
    public void Stream_without_a_second_delimiter_is_noise_and_does_not_fill_the_memory()
    {
        var decoder = new SlipDecoder();
        decoder.Feed([0xC0], 0, 1);
        var piece = new byte[0x1000];
        for (int i = 0; i < 0x1000; i++)
        {
            decoder.Feed(piece, 0, piece.Length);
        }

        Assert.Equal(0x1000 * 0x1000, decoder.NoiseCount);
        Assert.True(decoder.NoiseText.Length <= 4096);
        Feed(decoder, TestSlip.Frame(s_first));
        Assert.Equal([s_first], TakeAll(decoder));
    }

    [Fact]
    public void Noise_keeps_its_latest_text()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [.. Enumerable.Repeat((byte)'x', 10_000), .. Encoding.ASCII.GetBytes(BootLog)]);
        Assert.EndsWith(BootLog, decoder.NoiseText);
        Assert.InRange(decoder.NoiseText.Length, BootLog.Length, 4096);
    }

    [Fact]
    public void Reset_forgets_frames_halves_and_noise()
    {
        var decoder = new SlipDecoder();
        Feed(decoder, [0x55, .. TestSlip.Frame(s_first), 0x01, 0xDB]);
        decoder.Reset();
        Assert.Equal(0, decoder.NoiseCount);
        Feed(decoder, [0x33, .. TestSlip.Frame(s_second)]);
        Assert.Equal([s_second], TakeAll(decoder));
        Assert.Equal("3", decoder.NoiseText);
    }

    private static byte[] RandomPayload(Random random)
    {
        // Delimiters and escapes far more often than by chance, alone and in rows.
        byte[] special = [0xC0, 0xDB, 0xDC, 0xDD];
        var payload = new byte[random.Next(1, 200)];
        random.NextBytes(payload);
        return [.. payload.Select(value => value < 0x60 ? special[value % 4] : value)];
    }

    private static void Feed(SlipDecoder decoder, byte[] wire) => decoder.Feed(wire, 0, wire.Length);

    private static List<byte[]> TakeAll(SlipDecoder decoder)
    {
        List<byte[]> frames = [];
        while (decoder.TryTake() is byte[] frame)
        {
            frames.Add(frame);
        }

        return frames;
    }
}
