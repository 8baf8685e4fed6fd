using System;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Loader.Messages;

namespace Esp32Tools.Loader;

/// <summary>Puts a stub into RAM and starts it (protocol notes, section 7).</summary>
public static class StubLoader
{
    private const string Greeting = "OHAI";
    private const int Attempts = 3;

    /// <summary>Uploads the stub, jumps to it and waits for its greeting. From then on the client speaks the stub's dialect.</summary>
    /// <exception cref="LoaderException"><see cref="ErrorCode.StubStartFailed"/>, or a command was refused.</exception>
    public static void Start(LoaderClient loader, StubImage stub, CancellationToken cancellationToken)
    {
        Upload(loader, stub.Text, stub.TextStart, cancellationToken);
        if (stub.Data.Length > 0)
        {
            Upload(loader, stub.Data, stub.DataStart, cancellationToken);
        }

        Jump(loader, stub.Entry, cancellationToken);
        loader.Channel.Dialect = loader.Dialect with { IsStub = true };
    }

    /// <summary>Writes bytes into RAM; all of them again when some were damaged or an answer was lost.</summary>
    /// <exception cref="LoaderException">The chip refused, did not answer or answered something else.</exception>
    public static void Upload(LoaderClient loader, byte[] bytes, uint address, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                UploadOnce(loader, bytes, address, cancellationToken);
                return;
            }
            catch (LoaderException error) when (error.IsTransient && attempt < Attempts)
            {
                // A block cannot be sent again by itself: after a wrong checksum the ROM waits for the next number
                // (protocol notes, section 5). MEM_BEGIN starts over.
            }
        }
    }

    private static void UploadOnce(LoaderClient loader, byte[] bytes, uint address, CancellationToken cancellationToken)
    {
        int blockSize = loader.Dialect.Chip!.Loader.RamBlockSize;
        int blocks = (bytes.Length + blockSize - 1) / blockSize;
        loader.Execute(
            new MemoryBeginRequest
            {
                Size = (uint)bytes.Length,
                Blocks = (uint)blocks,
                BlockSize = (uint)blockSize,
                Address = address,
            },
            cancellationToken);
        for (int block = 0; block < blocks; block++)
        {
            int offset = block * blockSize;
            int count = Math.Min(blockSize, bytes.Length - offset);
            loader.Execute(
                new BlockRequest(LoaderCommand.MemData, (uint)block, bytes, offset, count, count, LoaderTimeouts.Default),
                cancellationToken);
        }
    }

    private static void Jump(LoaderClient loader, uint entry, CancellationToken cancellationToken)
    {
        // The ROM may be gone before its answer is out, so the answer is read past like anything else before the greeting.
        CommandChannel channel = loader.Channel;
        var request = new MemoryEndRequest { Entry = entry };
        channel.Send(request, cancellationToken);
        TimeSpan deadline = loader.Clock.Now + LoaderTimeouts.Default;
        while (loader.Clock.Now < deadline)
        {
            byte[]? frame = channel.ReceiveFrame(deadline - loader.Clock.Now, cancellationToken);
            if (frame is null)
            {
                break;
            }

            if (Encoding.ASCII.GetString(frame) == Greeting)
            {
                channel.Trace?.Raw(loader.Clock.Now, sent: false, frame);
                return;
            }

            if (LoaderReply.TryParse(frame) is LoaderReply reply)
            {
                int status = reply.Status(0, isStub: false);
                channel.Trace?.Received(loader.Clock.Now, request, reply, status);
                if (reply.Command == LoaderCommand.MemEnd && status != 0)
                {
                    throw LoaderErrors.Refused(request, status);
                }
            }
        }

        throw new LoaderException(
            ErrorCode.StubStartFailed,
            "The flasher stub was loaded but did not start.",
            "Try again, or work without the stub.")
        { IsTransient = true };
    }
}
