using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>Makes Core's requests out of the fields of recorded ones.</summary>
internal static class RecordedRequests
{
    private const int HeaderLength = 8;
    private const int BlockHeaderLength = 16;

    /// <summary>The typed request; null for a command that Core has none for, or a body that is none of that command.</summary>
    public static LoaderRequest? ToTyped(RecordedFrame frame, LoaderDialect dialect)
    {
        byte[] payload = frame.Payload;
        int bodyLength = payload.Length - HeaderLength;
        if (!frame.HasHeader || frame.MissingLength > 0 || IsMalformed(payload))
        {
            return null;
        }

        uint Word(int index) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(HeaderLength + (4 * index)));
        var command = (LoaderCommand)payload[1];
        return (command, bodyLength) switch
        {
            (LoaderCommand.Sync, 36) => new SyncRequest(),
            (LoaderCommand.ReadRegister, 4) => new ReadRegisterRequest { Address = Word(0) },
            (LoaderCommand.WriteRegister, > 0) => new WriteRegisterRequest { Writes = [.. Writes(bodyLength / 16, Word)] },
            (LoaderCommand.GetSecurityInfo, 0) => new GetSecurityInfoRequest(),
            (LoaderCommand.SpiAttach, 8 or 4) => new SpiAttachRequest { Pads = Word(0) },
            (LoaderCommand.SpiSetParameters, 24) => new SpiSetParametersRequest { FlashSize = Word(1) },
            (LoaderCommand.ChangeBaudRate, 8) => new ChangeBaudRateRequest { NewRate = Word(0), OldRate = dialect.IsStub ? Word(1) : 115200 },
            (LoaderCommand.FlashBegin or LoaderCommand.FlashDeflateBegin, 16 or 20) => new FlashBeginRequest
            {
                Size = Word(0),
                Blocks = Word(1),
                BlockSize = Word(2),
                Offset = Word(3),
                Encrypted = bodyLength == 20 && Word(4) == 1,
                Compressed = command == LoaderCommand.FlashDeflateBegin,
            },
            (LoaderCommand.FlashData or LoaderCommand.FlashDeflateData or LoaderCommand.MemData, > BlockHeaderLength) => Block(command, payload),
            (LoaderCommand.FlashEnd or LoaderCommand.FlashDeflateEnd, 4) => new FlashEndRequest
            {
                Reboot = Word(0) == 0,
                Compressed = command == LoaderCommand.FlashDeflateEnd,
            },
            (LoaderCommand.MemBegin, 16) => new MemoryBeginRequest { Size = Word(0), Blocks = Word(1), BlockSize = Word(2), Address = Word(3) },
            (LoaderCommand.MemEnd, 8) => new MemoryEndRequest { Entry = Word(1) },
            (LoaderCommand.SpiFlashMd5, 16) => new FlashDigestRequest { Address = Word(0), Length = Word(1) },
            (LoaderCommand.ReadFlashSlow, 8) => new ReadFlashSlowRequest { Address = Word(0), Length = (int)Word(1) },
            (LoaderCommand.ReadFlash, 16) => new ReadFlashRequest { Address = Word(0), Length = Word(1), MaxInFlight = Word(3) },
            (LoaderCommand.EraseFlash, 0) => new EraseFlashRequest(),
            (LoaderCommand.EraseRegion, 8) => new EraseRegionRequest { Address = Word(0), Length = Word(1) },
            (LoaderCommand.RunUserCode, 0) => new RunUserCodeRequest(),
            _ => null,
        };
    }

    /// <summary>The request with its recorded body, whatever that is.</summary>
    public static LoaderRequest ToRaw(RecordedFrame frame) =>
        new RawRequest((LoaderCommand)frame.Payload[1], frame.Payload[HeaderLength..]);

    /// <summary>True for a request that was made wrong on purpose: a length or a checksum that is not that of its bytes.</summary>
    public static bool IsMalformed(byte[] payload)
    {
        int bodyLength = payload.Length - HeaderLength;
        if (BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(2)) != bodyLength)
        {
            return true;
        }

        switch ((LoaderCommand)payload[1])
        {
            case LoaderCommand.WriteRegister:
                return bodyLength % 16 != 0;
            case LoaderCommand.FlashData or LoaderCommand.FlashDeflateData or LoaderCommand.MemData:
                byte sum = 0xEF;
                foreach (byte value in payload.AsSpan(HeaderLength + BlockHeaderLength))
                {
                    sum ^= value;
                }

                return BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(HeaderLength)) != bodyLength - BlockHeaderLength
                    || BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4)) != sum;
            default:
                return false;
        }
    }

    // The fill is built by the request where the recorded block ends in it, so that its checksum is tried as well.
    private static BlockRequest Block(LoaderCommand command, byte[] payload)
    {
        int at = HeaderLength + BlockHeaderLength;
        int length = payload.Length - at;
        int count = length;
        while (command == LoaderCommand.FlashData && count > 1 && payload[at + count - 1] == 0xFF)
        {
            count--;
        }

        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(HeaderLength + 4));
        return new BlockRequest(command, sequence, payload, at, count, length, LoaderTimeouts.Default);
    }

    private static IEnumerable<RegisterWrite> Writes(int count, Func<int, uint> word)
    {
        for (int i = 0; i < count; i++)
        {
            yield return new RegisterWrite(word(4 * i), word((4 * i) + 1), word((4 * i) + 2), word((4 * i) + 3));
        }
    }
}
