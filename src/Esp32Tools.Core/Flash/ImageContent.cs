using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Chips;

namespace Esp32Tools.Flash;

/// <summary>
/// The bytes of an image as they go to the chip, and the expensive results derived from them: each computed once for all devices
/// that get the image, on any number of threads.
/// </summary>
internal sealed class ImageContent
{
    // The loader's blocks are words (protocol.md, section 9).
    private const int Word = 4;

    private readonly ConcurrentDictionary<FlashSpan, Lazy<Task<CompressedPiece>>> _pieces = new();
    private readonly Lazy<byte[]> _md5;
    private readonly Lazy<byte[]> _md5OfBlank;
    private readonly Lazy<IReadOnlyList<FlashSpan>> _withoutBlanks;

    public ImageContent(byte[] data)
    {
        Data = data;
        _md5 = new Lazy<byte[]>(() => Md5Of(0, Data.Length));
        _md5OfBlank = new Lazy<byte[]>(() => DigestOfBlank(Data.Length));
        _withoutBlanks = new Lazy<IReadOnlyList<FlashSpan>>(() => FlashSpan.WithoutBlanks(Data));
    }

    /// <summary>The bytes.</summary>
    public byte[] Data { get; }

    /// <summary>MD5 of all of them.</summary>
    public byte[] Md5 => _md5.Value;

    /// <summary>MD5 of its range in an erased flash.</summary>
    public byte[] Md5OfBlank => _md5OfBlank.Value;

    /// <summary>The spans to write into an erased flash.</summary>
    public IReadOnlyList<FlashSpan> WithoutBlanks => _withoutBlanks.Value;

    /// <summary>The span of the whole image.</summary>
    public FlashSpan Whole => new(0, Data.Length);

    /// <summary>Returns the MD5 of a part.</summary>
    public byte[] Md5Of(int start, int length)
    {
        using var md5 = MD5.Create();
        return md5.ComputeHash(Data, start, length);
    }

    /// <summary>Returns a part padded for blocks: to a multiple of four bytes.</summary>
    public byte[] Words(FlashSpan span)
    {
        var bytes = new byte[FlashLayout.RoundUp(span.Length, Word)];
        Buffer.BlockCopy(Data, span.Start, bytes, 0, span.Length);
        FlashLayout.Fill(bytes, span.Length, bytes.Length);
        return bytes;
    }

    /// <summary>Starts to compress a part on a thread of its own, unless that has been started.</summary>
    public Task<CompressedPiece> StartCompressing(FlashSpan span) =>
        _pieces.GetOrAdd(span, part => new Lazy<Task<CompressedPiece>>(() => Task.Run(() => Compress(part)))).Value;

    /// <summary>Returns a part compressed, and keeps it.</summary>
    public CompressedPiece WaitForCompressed(FlashSpan span, CancellationToken cancellationToken)
    {
        Task<CompressedPiece> task = StartCompressing(span);
        task.Wait(cancellationToken);
        return task.Result;
    }

    /// <summary>Returns a part compressed, without keeping it.</summary>
    public CompressedPiece Compress(FlashSpan span) => new(ZlibStream.Compress(Words(span)));

    private static byte[] DigestOfBlank(int length)
    {
        var blank = new byte[length];
        FlashLayout.Fill(blank, 0, length);
        using var md5 = MD5.Create();
        return md5.ComputeHash(blank);
    }
}
