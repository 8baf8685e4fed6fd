using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// A parsed answer.
/// <code>
/// offset  0  1   2    4      8
///         01 op  len  value  data ... status      little-endian; len counts data and status
/// </code>
/// Status: ROM, byte 0 = 1 for a failure and byte 1 the reason (two more bytes mean nothing); stub, one 16-bit code with
/// the high byte first, 0 for success. An answer shorter than the data that its request expects holds only the
/// status of a failure.
/// </summary>
public sealed class LoaderReply
{
    internal const int HeaderLength = 8;

    // The status length of the stub; every answer has a status.
    internal const int ShortestStatus = 2;

    private const int LongestStatus = 4;

    private readonly byte[] _payload;

    private LoaderReply(byte[] payload) => _payload = payload;

    /// <summary>The command that this answers, according to the chip.</summary>
    public LoaderCommand Command => (LoaderCommand)_payload[1];

    /// <summary>The value word of the header: the result of READ_REG, meaningless in other answers.</summary>
    public uint Value => LittleEndian.ReadUInt32(_payload, 4);

    /// <summary>The bytes behind the header.</summary>
    public int Length => _payload.Length - HeaderLength;

    /// <summary>The whole answer as received in its frame.</summary>
    internal byte[] Payload => _payload;

    /// <summary>Parses a frame; null when it is not an answer.</summary>
    public static LoaderReply? TryParse(byte[] frame)
    {
        bool fits = frame.Length >= HeaderLength + ShortestStatus
            && frame[0] == 1
            && LittleEndian.ReadUInt16(frame, 2) == frame.Length - HeaderLength;
        return fits ? new LoaderReply(frame) : null;
    }

    /// <summary>The first bytes of the data.</summary>
    public byte[] Data(int length)
    {
        var data = new byte[length];
        Buffer.BlockCopy(_payload, HeaderLength, data, 0, length);
        return data;
    }

    /// <summary>
    /// The status: 0 for success, else the ROM's reason (one byte) or the stub's code (two bytes).
    /// </summary>
    public int Status(int dataLength, bool isStub)
    {
        int at = Length >= dataLength + ShortestStatus ? HeaderLength + dataLength : HeaderLength;
        if (isStub)
        {
            return (_payload[at] << 8) | _payload[at + 1];
        }

        // A reason of zero with the failure byte set would read as success: give it the ROM's "undefined" bit.
        return _payload[at] == 0 ? 0 : Math.Max(1, (int)_payload[at + 1]);
    }

    /// <summary>
    /// False when nothing says which bytes are the status: there are neither the data that were asked for with a status
    /// behind, nor the status of a failure alone. An answer without data has its status first, whatever follows, and one that
    /// is longer and still says success has all that was asked for.
    /// </summary>
    internal bool Fits(int dataLength, bool isStub)
    {
        bool isFailure = Status(dataLength, isStub) != 0;
        return dataLength == 0
            || (Length <= LongestStatus && isFailure)
            || (Length >= dataLength + ShortestStatus && (Length <= dataLength + LongestStatus || !isFailure));
    }

    /// <summary>True when the ROM does not know the command: it answers with the header of the command before and reason 5.</summary>
    internal bool SaysUnknownCommand => _payload[HeaderLength] != 0 && _payload[HeaderLength + 1] == 5;
}
