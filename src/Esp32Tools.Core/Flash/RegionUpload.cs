using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>
/// Sends one run of bytes to the loader, plain or compressed: begin, blocks, end. A block that arrived damaged is sent
/// again; any other failure ends the upload, which then knows how many bytes are certainly in the flash.
/// </summary>
internal sealed class RegionUpload
{
    private const int BlockAttempts = 3;

    // The status of ROM and stub for a block with a wrong checksum.
    private const int RomBadChecksum = 0x07;
    private const int StubBadChecksum = 0xC100;

    // ROM and stub inflate into a buffer of the window's size and write it when it is full (RFC 1951: 32 KB).
    private const int InflateBuffer = 0x8000;

    // The page that NOR flash programs at once, and a multiple of the unit of encryption.
    private const int PageSize = 0x100;

    private readonly LoaderClient _loader;
    private readonly uint _address;
    private readonly int _size;
    private readonly byte[] _bytes;
    private readonly int _blockSize;
    private readonly IReadOnlyList<long>? _inflated;

    /// <summary>Prepares an upload; compressed when there is a stream and it is smaller than the data.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="address">Flash address.</param>
    /// <param name="data">The bytes; their number is a multiple of four.</param>
    /// <param name="stream">The same bytes compressed; null to send them uncompressed.</param>
    public RegionUpload(LoaderClient loader, uint address, byte[] data, CompressedPiece? stream)
    {
        _loader = loader;
        _address = address;
        _size = data.Length;
        int largest = loader.Dialect.FlashBlockSize;
        IsCompressed = stream is not null && stream.Bytes.Length < data.Length;
        _bytes = IsCompressed ? stream!.Bytes : data;
        _blockSize = IsCompressed ? largest : EvenBlocks(_size, largest);
        _inflated = IsCompressed ? stream!.InflatedAfterBlocks(_blockSize) : null;
    }

    /// <summary>True for a deflate stream.</summary>
    public bool IsCompressed { get; }

    /// <summary>True when the chip must encrypt the data as it writes.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Number of bytes of blocks sent so far.</summary>
    public int BytesSent { get; private set; }

    /// <summary>Number of blocks that were sent again.</summary>
    public int Retries { get; private set; }

    /// <summary>Number of bytes, from the first, that are certainly in the flash.</summary>
    public int Certain { get; private set; }

    private bool IsStub => _loader.Dialect.IsStub;

    /// <summary>Sends all bytes.</summary>
    /// <param name="progress">Receives the number of bytes that the chip has, by the blocks sent.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public void Run(Action<long>? progress, CancellationToken cancellationToken)
    {
        int blocks = (_bytes.Length + _blockSize - 1) / _blockSize;
        Begin(blocks, cancellationToken);
        uint sequence = 0;
        for (int block = 0; block < blocks; block++)
        {
            sequence = SendBlock(block, sequence, cancellationToken);
            Certain = WrittenFor(IsStub ? block - 1 : block);
            progress?.Invoke(DoneAfter(block));
        }

        if (IsStub)
        {
            // The stub answers before it works: only the request after the last block reports its result. For the ROM the
            // same request would end the loader.
            _loader.Execute(new FlashEndRequest { Compressed = IsCompressed, WorkTimeout = WorkAfter(blocks - 1) }, cancellationToken);
        }

        Certain = _size;
    }

    // Plain blocks all have the same size and the last one is padded: as many as are needed, in whole pages of the flash, and
    // none larger than necessary.
    private static int EvenBlocks(int size, int largest)
    {
        int blocks = (size + largest - 1) / largest;
        return FlashLayout.RoundUp((size + blocks - 1) / blocks, PageSize);
    }

    private void Begin(int blocks, CancellationToken cancellationToken)
    {
        bool rom = !IsStub;
        _loader.Execute(
            new FlashBeginRequest
            {
                Size = (uint)(rom && IsCompressed ? FlashLayout.RoundUp(_size, _blockSize) : _size),
                Blocks = (uint)blocks,
                BlockSize = (uint)_blockSize,
                Offset = _address,
                Compressed = IsCompressed,
                Encrypted = Encrypted,
                ErasesFirst = rom,
            },
            cancellationToken);
    }

    // Returns the number of the next block. The ROM counts a block with a wrong checksum although it drops it, so the
    // repeat carries the next number.
    private uint SendBlock(int block, uint sequence, CancellationToken cancellationToken)
    {
        int offset = block * _blockSize;
        int count = Math.Min(_blockSize, _bytes.Length - offset);
        int length = IsCompressed ? count : _blockSize;
        LoaderCommand command = IsCompressed ? LoaderCommand.FlashDeflateData : LoaderCommand.FlashData;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                BytesSent += length;
                _loader.Execute(
                    new BlockRequest(command, sequence, _bytes, offset, count, length, TimeoutOf(block)), cancellationToken);
                return sequence + 1;
            }
            catch (LoaderException error) when (attempt < BlockAttempts && error.Status is RomBadChecksum or StubBadChecksum)
            {
                Retries++;
                sequence += error.Status == RomBadChecksum ? 1u : 0u;
            }
        }
    }

    // The stub takes a block while it still works on the previous one; the ROM finishes this one before it answers.
    private TimeSpan TimeoutOf(int block)
    {
        if (!IsCompressed)
        {
            return LoaderTimeouts.Default;
        }

        return IsStub
            ? (block == 0 ? LoaderTimeouts.Default : WorkAfter(block - 1))
            : LoaderTimeouts.Erase(InflatedBy(block));
    }

    private TimeSpan WorkAfter(int block) => IsCompressed ? LoaderTimeouts.StubBlock(InflatedBy(block)) : LoaderTimeouts.Default;

    private long InflatedBy(int block) => _inflated![block] - (block == 0 ? 0 : _inflated[block - 1]);

    private long DoneAfter(int block) => IsCompressed ? _inflated![block] : Math.Min(_size, (block + 1L) * _blockSize);

    // The number of bytes in the flash once the work for a block is done.
    private int WrittenFor(int block)
    {
        if (block < 0)
        {
            return 0;
        }

        long done = DoneAfter(block);
        return (int)(IsCompressed ? done / InflateBuffer * InflateBuffer : done);
    }
}
