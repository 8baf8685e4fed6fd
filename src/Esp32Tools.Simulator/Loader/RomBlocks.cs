using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// A series of blocks the ROM was told to expect, into flash or RAM (protocol.md, section 5): numbers count from 0, and a
/// block with a bad checksum still counts.
/// </summary>
internal sealed class RomBlocks
{
    /// <summary>Opcode of the blocks.</summary>
    public required Opcode Data { get; init; }

    /// <summary>Address of the next block.</summary>
    public uint Address { get; set; }

    /// <summary>Decompresses the blocks; null for plain ones.</summary>
    public Inflater? Inflater { get; set; }

    /// <summary>Encrypts the blocks; null for blocks that are written as they are.</summary>
    public EncryptingWriter? Encryption { get; init; }

    /// <summary>The reason why the begin command failed; the blocks are then dropped and answered with this reason.</summary>
    public RomStatus Failed { get; init; }

    /// <summary>A write to flash failed during decompression.</summary>
    public bool WriteFailed { get; set; }

    /// <summary>The supply dipped during decompression; no more work and no answer follow.</summary>
    public bool Interrupted { get; set; }

    private uint _next;

    /// <summary>Judges a block before it is used.</summary>
    public RomStatus Take(Request request)
    {
        if (request.Size < 16 || request.BodyLength < request.Size || request.Word(1) != _next)
        {
            return RomStatus.InvalidMessage;
        }

        _next++;
        int length = request.Size - 16;
        bool good = request.Word(0) == length
            && BlockChecksum.Of(request.Frame, Request.HeaderLength + 16, length) == request.Checksum;
        return good ? RomStatus.Ok : RomStatus.BadChecksum;
    }
}
