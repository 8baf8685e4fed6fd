using System;
using System.Text;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Link.Loader;

/// <summary>Puts a stub into RAM and starts it (protocol.md, section 7).</summary>
public static class StubLoader
{
    private const string Greeting = "OHAI";
    private const int Attempts = 3;

    /// <summary>Uploads the stub, jumps to it and waits for its greeting. From then on the client speaks the stub's dialect.</summary>
    /// <param name="loader">The ROM.</param>
    /// <param name="stub">The stub.</param>
    /// <param name="startPointer">
    /// <see cref="LoaderFacts.StubStartPointer"/> where the ROM does not jump into RAM because secure boot is on; else null.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LoaderException"><see cref="ErrorCode.StubStartFailed"/>, or a command was refused.</exception>
    public static void Start(LoaderClient loader, StubImage stub, uint? startPointer, CancellationToken cancellationToken)
    {
        Upload(loader, stub.Text, stub.TextStart, cancellationToken);
        if (stub.Data.Length > 0)
        {
            Upload(loader, stub.Data, stub.DataStart, cancellationToken);
        }

        if (startPointer is uint pointer)
        {
            JumpByPointer(loader, stub.Entry, pointer, cancellationToken);
        }
        else
        {
            // The ROM may be gone before its answer is out, so everything before the greeting is skipped, the answer too.
            Jump(loader, new MemoryEndRequest { Entry = stub.Entry }, cancellationToken);
        }

        loader.Stub = stub;
    }

    /// <summary>Writes bytes into RAM, and all of them again when some were damaged or an answer was lost.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="address">Address in RAM.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    /// <param name="progress">Receives the number of bytes loaded; null for none.</param>
    /// <exception cref="LoaderException">The chip refused, did not answer or answered something else.</exception>
    public static void Upload(
        LoaderClient loader, byte[] bytes, uint address, CancellationToken cancellationToken, Action<int>? progress = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                UploadOnce(loader, bytes, address, progress, cancellationToken);
                return;
            }
            catch (LoaderException error) when (error.IsTransient && attempt < Attempts)
            {
                // A block cannot be repeated alone: after a wrong checksum the ROM waits for the next number
                // (protocol.md, section 5). MEM_BEGIN starts over.
            }
        }
    }

    private static void UploadOnce(
        LoaderClient loader, byte[] bytes, uint address, Action<int>? progress, CancellationToken cancellationToken)
    {
        int blockSize = loader.Dialect.RamBlockSize;
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
            progress?.Invoke(offset + count);
        }
    }

    // Secure boot prevents the ROM from jumping, but not from calling its flash read function, whose address is in RAM
    // (protocol.md, section 7).
    private static void JumpByPointer(LoaderClient loader, uint entry, uint pointer, CancellationToken cancellationToken)
    {
        loader.Execute(new MemoryEndRequest { Entry = 0, JumpTimeout = LoaderTimeouts.Default }, cancellationToken);
        uint before = loader.ReadRegister(pointer, cancellationToken);
        loader.WriteRegister(pointer, entry, cancellationToken: cancellationToken);
        Jump(loader, new ReadFlashSlowRequest { Address = 0, Length = 0 }, cancellationToken);
        loader.WriteRegister(pointer, before, cancellationToken: cancellationToken);
    }

    private static void Jump(LoaderClient loader, LoaderRequest request, CancellationToken cancellationToken)
    {
        CommandChannel channel = loader.Channel;
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
                channel.Dialect = loader.Dialect with { IsStub = true };
                return;
            }

            if (LoaderReply.TryParse(frame) is LoaderReply reply)
            {
                int status = reply.Status(request.ReplyDataLength(loader.Dialect), isStub: false);
                channel.Trace?.Received(loader.Clock.Now, request, reply, status);
                if (reply.Command == request.Command && status != 0)
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
