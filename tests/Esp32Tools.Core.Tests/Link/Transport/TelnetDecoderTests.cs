using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Link.Transport.Rfc2217;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

public sealed class TelnetDecoderTests
{
    // data 41 42, escaped FF, 43 | WILL BINARY | data 44 | SB COM-PORT 101 with an escaped FF in it | NOP | data 45 FF
    private static readonly byte[] s_stream = Convert.FromHexString(
        "4142FFFF43" + "FFFB00" + "44" + "FFFA2C650001FFFFC2FFF0" + "FFF1" + "45FFFF");

    private static readonly string[] s_parts = ["data 4142FF43", "option FB00", "data 44", "sub 2C650001FFC2", "data 45FF"];

    [Fact]
    public void Data_options_and_subnegotiations_come_apart() => Assert.Equal(s_parts, Decode(s_stream));

    [Fact]
    public void A_stream_cut_anywhere_decodes_alike()
    {
        for (int cut = 0; cut <= s_stream.Length; cut++)
        {
            Assert.Equal(s_parts, Decode(s_stream[..cut], s_stream[cut..]));
        }

        Assert.Equal(s_parts, Decode([.. s_stream.Select(value => new[] { value })]));
    }

    [Fact]
    public void What_is_escaped_comes_back()
    {
        byte[] bytes = [1, 0xFF, 0xFF, 0xFF, 0, 0xFF];
        byte[] escaped = new byte[12];
        int count = TelnetEncoder.Escape(bytes, 0, bytes.Length, escaped);
        Assert.Equal(["data " + Convert.ToHexString(bytes)], Decode(escaped[..count]));
    }

    private static List<string> Decode(params byte[][] pieces)
    {
        var receiver = new Receiver();
        var decoder = new TelnetDecoder(receiver);
        foreach (byte[] piece in pieces)
        {
            decoder.Decode(piece, piece.Length);
        }

        return receiver.Parts;
    }

    private sealed class Receiver : ITelnetReceiver
    {
        internal List<string> Parts { get; } = [];

        public void TakeData(byte[] buffer, int offset, int count)
        {
            string text = Convert.ToHexString(buffer, offset, count);
            if (Parts.Count > 0 && Parts[^1].StartsWith("data", StringComparison.Ordinal))
            {
                Parts[^1] += text;
            }
            else
            {
                Parts.Add("data " + text);
            }
        }

        public void TakeOption(byte verb, byte option) => Parts.Add($"option {verb:X2}{option:X2}");

        public void TakeSubnegotiation(byte[] content) => Parts.Add("sub " + Convert.ToHexString(content));
    }
}
