using System.Collections.Concurrent;
using System.Collections.Generic;

namespace Esp32Tools.Flash;

/// <summary>A piece of an image as a deflate stream, and what of it a chip has inflated after each block.</summary>
internal sealed class CompressedPiece(ZlibStream stream)
{
    // By the size of a block: loaders differ in it.
    private readonly ConcurrentDictionary<int, IReadOnlyList<long>> _inflated = new();

    /// <summary>The stream.</summary>
    public byte[] Bytes => stream.Bytes;

    /// <summary>How many bytes the chip has inflated once it holds 1, 2, ... blocks.</summary>
    public IReadOnlyList<long> InflatedAfterBlocks(int blockSize) => _inflated.GetOrAdd(blockSize, stream.InflatedAfterBlocks);
}
