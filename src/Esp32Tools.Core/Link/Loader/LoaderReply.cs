using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// An answer, taken apart.
/// <code>
/// offset  0  1   2    4      8
///         01 op  len  value  data ... status      little-endian; len counts data and status
/// </code>
/// Status: ROM, byte 0 = 1 for a failure and byte 1 the reason (two more bytes mean nothing); stub, one 16-bit code with
/// the high byte first, 0 for success. Where a request expects data and the answer is shorter than that, what is there
/// is the status of a failure.
/// </summary>
public sealed class LoaderReply
{
    internal const int HeaderLength = 8;

    // The stub's; no answer is without a status.
    internal const int ShortestStatus = 2;

    private readonly byte[] _payload;

    private LoaderReply(byte[] payload) => _payload = payload;

    /// <summary>Command that this answers, as the chip says.</summary>
    public LoaderCommand Command => (LoaderCommand)_payload[1];

    /// <summary>The header's word: the result of READ_REG, and nothing in other answers.</summary>
    public uint Value => LittleEndian.ReadUInt32(_payload, 4);

    /// <summary>Bytes behind the header.</summary>
    public int Length => _payload.Length - HeaderLength;

    /// <summary>All of the answer as it came in its frame.</summary>
    internal byte[] Payload => _payload;

    /// <summary>Takes a frame apart; null when it is no answer.</summary>
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
    /// The chip's verdict: 0 for success, else the ROM's reason (one byte) or the stub's code (two bytes).
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

    /// <summary>True for the ROM's way to say that it does not know a command: the header of the command before, reason 5.</summary>
    internal bool SaysUnknownCommand => _payload[HeaderLength] != 0 && _payload[HeaderLength + 1] == 5;
}
