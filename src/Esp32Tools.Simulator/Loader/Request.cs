using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// A request frame, unescaped: <c>direction u8, opcode u8, size u16, checksum u32, body</c> (protocol.md, section 1).
/// None of its values is trusted.
/// </summary>
internal sealed class Request
{
    public const int HeaderLength = 8;

    private readonly byte[] _frame;

    public Request(byte[] frame) => _frame = frame;

    public bool IsComplete => _frame.Length >= HeaderLength;

    public byte Direction => _frame[0];

    public byte Opcode => _frame[1];

    /// <summary>Length of the body according to the header, in bytes.</summary>
    public int Size => LittleEndian.ReadUInt16(_frame, 2);

    public uint Checksum => LittleEndian.ReadUInt32(_frame, 4);

    /// <summary>The whole frame; the body begins at <see cref="HeaderLength"/>.</summary>
    public byte[] Frame => _frame;

    /// <summary>Length of the body as received, in bytes.</summary>
    public int BodyLength => _frame.Length - HeaderLength;

    /// <summary>A word of the body; 0 where there is none.</summary>
    public uint Word(int index) =>
        HeaderLength + (4 * index) + 4 <= _frame.Length ? LittleEndian.ReadUInt32(_frame, HeaderLength + (4 * index)) : 0;
}
