using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Chips;

namespace Esp32Tools.Flash;

/// <summary>
/// The bytes of an image as they go to the chip, and what takes time to work out from them: each once, however many devices
/// get the image and on however many threads.
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

    /// <summary>MD5 that its place has in an erased flash.</summary>
    public byte[] Md5OfBlank => _md5OfBlank.Value;

    /// <summary>What of it has to be written into an erased flash.</summary>
    public IReadOnlyList<FlashSpan> WithoutBlanks => _withoutBlanks.Value;

    /// <summary>All of it.</summary>
    public FlashSpan Whole => new(0, Data.Length);

    /// <summary>MD5 of a part.</summary>
    public byte[] Md5Of(int start, int length)
    {
        using var md5 = MD5.Create();
        return md5.ComputeHash(Data, start, length);
    }

    /// <summary>A part as blocks can carry it: a multiple of four bytes.</summary>
    public byte[] Words(FlashSpan span)
    {
        var bytes = new byte[FlashLayout.RoundUp(span.Length, Word)];
        Buffer.BlockCopy(Data, span.Start, bytes, 0, span.Length);
        FlashLayout.Fill(bytes, span.Length, bytes.Length);
        return bytes;
    }

    /// <summary>Begins to compress a part on a thread of its own, if nobody has begun yet.</summary>
    public Task<CompressedPiece> StartCompressing(FlashSpan span) =>
        _pieces.GetOrAdd(span, part => new Lazy<Task<CompressedPiece>>(() => Task.Run(() => Compress(part)))).Value;

    /// <summary>A part compressed, and kept.</summary>
    public CompressedPiece WaitForCompressed(FlashSpan span, CancellationToken cancellationToken)
    {
        Task<CompressedPiece> task = StartCompressing(span);
        task.Wait(cancellationToken);
        return task.Result;
    }

    /// <summary>A part compressed, for this once.</summary>
    public CompressedPiece Compress(FlashSpan span) => new(ZlibStream.Compress(Words(span)));

    private static byte[] DigestOfBlank(int length)
    {
        var blank = new byte[length];
        FlashLayout.Fill(blank, 0, length);
        using var md5 = MD5.Create();
        return md5.ComputeHash(blank);
    }
}
