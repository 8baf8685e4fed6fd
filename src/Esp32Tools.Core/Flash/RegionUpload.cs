using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Loader;
using Esp32Tools.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>
/// Sends one run of bytes to the loader, plain or compressed: begin, blocks, end. A block that arrived damaged is sent
/// again; whatever else goes wrong ends the upload, and the caller may begin it anew.
/// </summary>
internal sealed class RegionUpload
{
    private const int BlockAttempts = 3;

    // The ROM's and the stub's way to say that the bytes of a block did not add up.
    private const int RomBadChecksum = 0x07;
    private const int StubBadChecksum = 0xC100;

    private readonly LoaderClient _loader;
    private readonly uint _address;
    private readonly int _size;
    private readonly byte[] _bytes;
    private readonly int _blockSize;
    private readonly IReadOnlyList<long>? _inflated;

    private RegionUpload(LoaderClient loader, uint address, int size, byte[] bytes, IReadOnlyList<long>? inflated, bool compressed)
    {
        _loader = loader;
        _address = address;
        _size = size;
        _bytes = bytes;
        _blockSize = loader.Dialect.FlashBlockSize;
        _inflated = inflated;
        IsCompressed = compressed;
    }

    /// <summary>True for a deflate stream.</summary>
    public bool IsCompressed { get; }

    /// <summary>Bytes that go over the wire.</summary>
    public int BytesToSend => _bytes.Length;

    /// <summary>Blocks that were sent again.</summary>
    public int Retries { get; private set; }

    /// <summary>Prepares an upload; compressed when there is a stream and it is smaller.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="address">Flash address.</param>
    /// <param name="data">The bytes, a multiple of four of them.</param>
    /// <param name="stream">The same bytes compressed; null to send them as they are.</param>
    public static RegionUpload Prepare(LoaderClient loader, uint address, byte[] data, ZlibStream? stream) =>
        stream is not null && stream.Bytes.Length < data.Length
            ? new RegionUpload(
                loader, address, data.Length, stream.Bytes, stream.InflatedAfterBlocks(loader.Dialect.FlashBlockSize), compressed: true)
            : new RegionUpload(loader, address, data.Length, data, inflated: null, compressed: false);

    /// <summary>Sends it all.</summary>
    /// <param name="progress">Told how many bytes of the image the chip has, by what was sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public void Run(Action<long>? progress, CancellationToken cancellationToken)
    {
        int blocks = (_bytes.Length + _blockSize - 1) / _blockSize;
        Begin(blocks, cancellationToken);
        uint sequence = 0;
        for (int block = 0; block < blocks; block++)
        {
            sequence = SendBlock(block, sequence, cancellationToken);
            progress?.Invoke(DoneAfter(block));
        }

        if (_loader.Dialect.IsStub)
        {
            // The stub answers before it works: only the request after the last block tells how that went. To the ROM the
            // same request would be the way out of the loader.
            _loader.Execute(new FlashEndRequest { Compressed = IsCompressed, WorkTimeout = WorkAfter(blocks - 1) }, cancellationToken);
        }
    }

    private void Begin(int blocks, CancellationToken cancellationToken)
    {
        bool rom = !_loader.Dialect.IsStub;
        int size = rom && IsCompressed ? (_size + _blockSize - 1) / _blockSize * _blockSize : _size;
        _loader.Execute(
            new FlashBeginRequest
            {
                Size = (uint)size,
                Blocks = (uint)blocks,
                BlockSize = (uint)_blockSize,
                Offset = _address,
                Compressed = IsCompressed,
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

    // The stub takes a block while it still works on the one before; the ROM works on this one before it answers.
    private TimeSpan TimeoutOf(int block)
    {
        if (!IsCompressed)
        {
            return LoaderTimeouts.Default;
        }

        return _loader.Dialect.IsStub
            ? (block == 0 ? LoaderTimeouts.Default : WorkAfter(block - 1))
            : LoaderTimeouts.Erase(InflatedBy(block));
    }

    private TimeSpan WorkAfter(int block) => IsCompressed ? LoaderTimeouts.StubBlock(InflatedBy(block)) : LoaderTimeouts.Default;

    private long InflatedBy(int block) => _inflated![block] - (block == 0 ? 0 : _inflated[block - 1]);

    private long DoneAfter(int block) => IsCompressed ? _inflated![block] : Math.Min(_size, (block + 1L) * _blockSize);
}
