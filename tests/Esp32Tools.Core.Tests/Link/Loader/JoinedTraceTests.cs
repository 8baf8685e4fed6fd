using System;
using System.IO;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Loader;

public sealed class JoinedTraceTests
{
    private static readonly LoaderDialect s_rom = new(ChipCatalog.ByName("esp32"), IsStub: false);

    [Fact]
    public void Trace_that_joins_later_hides_the_first_word_which_may_answer_a_request_before_it()
    {
        string[] lines = Reads(isJoined: true);
        Assert.DoesNotContain("0x5EC2E75A", lines[1]);
        Assert.Contains("0x00008000", lines[3]);
    }

    [Fact]
    public void Trace_from_the_beginning_shows_it()
    {
        Assert.Contains("0x5EC2E75A", Reads(isJoined: false)[1]);
    }

    [Fact]
    public void Each_line_begins_with_the_label()
    {
        Assert.All(Reads(isJoined: false), line => Assert.StartsWith("COM5     0.0", line));
    }

    private static string[] Reads(bool isJoined)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var trace = new TextFrameTrace(writer, "COM5", isJoined);
        trace.Identified(TimeSpan.Zero, s_rom);
        Read(trace, "010A04005AE7C25E00000000");
        Read(trace, "010A04000080000000000000");
        return writer.ToString().TrimEnd('\n').Split('\n')[1..];
    }

    private static void Read(TextFrameTrace trace, string answer)
    {
        var request = new ReadRegisterRequest { Address = 0x3FF5_A00C };
        trace.Sent(TimeSpan.Zero, request, request.ToPayload(s_rom));
        LoaderReply reply = LoaderReply.TryParse(Convert.FromHexString(answer))!;
        trace.Received(TimeSpan.Zero, request, reply, reply.Status(request.ReplyDataLength(s_rom), isStub: false));
    }
}
