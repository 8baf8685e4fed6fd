using System.Collections.Concurrent;
using System.Collections.Generic;

namespace Esp32Tools.Flash;

/// <summary>A piece of an image as a deflate stream, and the number of bytes that a chip has inflated after each block.</summary>
internal sealed class CompressedPiece(ZlibStream stream)
{
    // Keyed by block size: loaders differ in it.
    private readonly ConcurrentDictionary<int, IReadOnlyList<long>> _inflated = new();

    /// <summary>The stream.</summary>
    public byte[] Bytes => stream.Bytes;

    /// <summary>The number of bytes that the chip has inflated once it holds 1, 2, ... blocks.</summary>
    public IReadOnlyList<long> InflatedAfterBlocks(int blockSize) => _inflated.GetOrAdd(blockSize, stream.InflatedAfterBlocks);
}
