using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// FLASH_DATA, FLASH_DEFL_DATA and MEM_DATA, which share one form.
/// <code>
/// offset  0       4         8  12  16
///         length  sequence  0  0   bytes ...     header checksum = EF xor all of the bytes
/// </code>
/// </summary>
public sealed class BlockRequest : LoaderRequest
{
    private readonly LoaderCommand _command;
    private readonly TimeSpan _timeout;
    private readonly byte[] _data;
    private readonly int _offset;
    private readonly int _count;
    private readonly int _fill;

    /// <summary>A block out of a buffer.</summary>
    /// <param name="command">One of the three commands.</param>
    /// <param name="sequence">Number of the block, from 0.</param>
    /// <param name="data">Buffer that holds the block.</param>
    /// <param name="offset">Index of the first byte of the block.</param>
    /// <param name="count">Length of the block in bytes.</param>
    /// <param name="paddedLength">Length to pad to with FF; <paramref name="count"/> for no padding.</param>
    /// <param name="timeout">Time limit for the answer.</param>
    public BlockRequest(LoaderCommand command, uint sequence, byte[] data, int offset, int count, int paddedLength, TimeSpan timeout)
    {
        _command = command;
        Sequence = sequence;
        _data = data;
        _offset = offset;
        _count = count;
        _fill = paddedLength - count;
        _timeout = timeout;
    }

    /// <summary>Number of the block.</summary>
    public uint Sequence { get; }

    /// <inheritdoc/>
    public override LoaderCommand Command => _command;

    /// <inheritdoc/>
    public override TimeSpan Timeout => _timeout;

    /// <inheritdoc/>
    protected override uint Checksum
    {
        get
        {
            uint sum = 0xEF;
            for (int i = _offset; i < _offset + _count; i++)
            {
                sum ^= _data[i];
            }

            return (_fill & 1) == 0 ? sum : sum ^ 0xFF;
        }
    }

    /// <inheritdoc/>
    public override string Describe() => $"block {Sequence}, {_count + _fill} bytes";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body
        .Word((uint)(_count + _fill)).Word(Sequence).Word(0).Word(0)
        .Bytes(_data, _offset, _count)
        .Fill(0xFF, _fill);
}
