using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Framing;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices.Memory;

/// <summary>
/// The jump out of the loader into a program in RAM. The answer is followed by the program's own output, so it
/// is read byte by byte and not one byte further. The ROM may be gone before its answer is out.
/// </summary>
internal static class RamJump
{
    /// <summary>Jumps.</summary>
    /// <returns>Bytes that arrived before the end of the wait and are not an answer: the program's first output.</returns>
    /// <exception cref="LoaderException"><see cref="ErrorCode.CommandRefused"/></exception>
    public static byte[] Into(LoaderClient loader, uint entry, CancellationToken cancellationToken)
    {
        CommandChannel channel = loader.Channel;
        channel.DiscardInput(cancellationToken);
        var request = new MemoryEndRequest { Entry = entry };
        TimeSpan wait = request.Timeout + channel.TimeOnWire(channel.Send(request, cancellationToken));
        TimeSpan deadline = loader.Clock.Now + wait;
        var decoder = new SlipDecoder();
        List<byte> came = [];
        byte[] next = new byte[1];
        for (TimeSpan left = wait; left > TimeSpan.Zero; left = deadline - loader.Clock.Now)
        {
            if (channel.Transport.Read(next, 0, 1, left, cancellationToken) == 0)
            {
                break;
            }

            came.Add(next[0]);
            decoder.Feed(next, 0, 1);
            if (decoder.TryTake() is byte[] frame && LoaderReply.TryParse(frame) is LoaderReply reply)
            {
                Check(loader, request, reply);
                return [];
            }
        }

        channel.Trace?.Note(loader.Clock.Now, "no answer to the jump: the program may run already");
        return [.. came];
    }

    private static void Check(LoaderClient loader, MemoryEndRequest request, LoaderReply reply)
    {
        int status = reply.Status(0, loader.Dialect.IsStub);
        loader.Channel.Trace?.Received(loader.Clock.Now, request, reply, status);
        if (status != 0)
        {
            throw LoaderErrors.Refused(request, status);
        }
    }
}
