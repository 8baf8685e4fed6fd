using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace Esp32Tools.Flash;

/// <summary>
/// Bytes compressed in the zlib format (RFC 1950) that the loader inflates, and the inflated length of each piece.
/// </summary>
internal sealed class ZlibStream
{
    // Level 3 of CompressionLevel, "smallest size", is newer than netstandard2.0; the older runtime refuses the number.
    private const CompressionLevel SmallestSize = (CompressionLevel)3;

    private const int HeaderLength = 2;

    private ZlibStream(byte[] bytes) => Bytes = bytes;

    /// <summary>The compressed bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Compresses bytes.</summary>
    public static ZlibStream Compress(byte[] data)
    {
        var output = new MemoryStream(Math.Max(64, data.Length / 2));
        output.WriteByte(0x78);
        output.WriteByte(0xDA);
        using (DeflateStream deflate = Open(output))
        {
            deflate.Write(data, 0, data.Length);
        }

        uint checksum = Adler32(data);
        output.WriteByte((byte)(checksum >> 24));
        output.WriteByte((byte)(checksum >> 16));
        output.WriteByte((byte)(checksum >> 8));
        output.WriteByte((byte)checksum);
        return new ZlibStream(output.ToArray());
    }

    /// <summary>
    /// The number of bytes that the chip has inflated once it holds 1, 2, ... blocks; the time limit for its work depends on it.
    /// </summary>
    public IReadOnlyList<long> InflatedAfterBlocks(int blockSize)
    {
        var source = new Feed(Bytes, HeaderLength);
        var inflated = new List<long>();
        var buffer = new byte[0x4000];
        using var inflate = new DeflateStream(source, CompressionMode.Decompress);
        long total = 0;
        for (int limit = blockSize; inflated.Count * blockSize < Bytes.Length; limit += blockSize)
        {
            while (source.Consumed < limit)
            {
                int count = inflate.Read(buffer, 0, buffer.Length);
                if (count == 0)
                {
                    break;
                }

                total += count;
            }

            inflated.Add(total);
        }

        return inflated;
    }

    private static DeflateStream Open(Stream output)
    {
        try
        {
            return new DeflateStream(output, SmallestSize, leaveOpen: true);
        }
        catch (ArgumentException)
        {
            return new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        }
    }

    private static uint Adler32(byte[] data)
    {
        // The sums of up to 5552 bytes fit 32 bits before the remainder must be taken (RFC 1950, appendix).
        const uint Modulus = 65521;
        const int Run = 5552;
        uint a = 1;
        uint b = 0;
        for (int start = 0; start < data.Length; start += Run)
        {
            int end = Math.Min(start + Run, data.Length);
            for (int i = start; i < end; i++)
            {
                a += data[i];
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
        }

        return (b << 16) | a;
    }

    // Returns small pieces, so that the bytes read show how far the inflater has come.
    private sealed class Feed(byte[] bytes, int start) : Stream
    {
        private const int Piece = 256;

        public int Consumed { get; private set; } = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int taken = Math.Min(Math.Min(Piece, count), bytes.Length - Consumed);
            Buffer.BlockCopy(bytes, Consumed, buffer, offset, taken);
            Consumed += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
