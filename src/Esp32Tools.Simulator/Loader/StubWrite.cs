using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>A region the stub was told to write (protocol.md, section 5).</summary>
internal sealed class StubWrite
{
    /// <summary>Opcode of its blocks.</summary>
    public required Opcode Data { get; init; }

    /// <summary>Where the next byte goes.</summary>
    public uint Address { get; set; }

    /// <summary>Bytes still to come; what exceeds them is dropped.</summary>
    public uint Left { get; set; }

    /// <summary>First sector that was not looked at yet.</summary>
    public uint NextSector { get; set; }

    /// <summary>True once a sector had to be erased: those that follow are erased unseen.</summary>
    public bool Erases { get; set; }

    /// <summary>Unpacks the blocks; null for plain ones.</summary>
    public Inflater? Inflater { get; set; }

    /// <summary>Encrypts what is written; null for bytes that are written as they are.</summary>
    public EncryptingWriter? Encryption { get; init; }

    /// <summary>What went wrong; the next request is answered with it.</summary>
    public StubStatus Error { get; set; }

    /// <summary>The supply dipped; nothing more is to be done.</summary>
    public bool Interrupted { get; set; }
}
