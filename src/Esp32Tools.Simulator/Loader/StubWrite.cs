using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>A region the stub was told to write (protocol.md, section 5).</summary>
internal sealed class StubWrite
{
    /// <summary>Opcode of its blocks.</summary>
    public required Opcode Data { get; init; }

    /// <summary>Address of the next byte.</summary>
    public uint Address { get; set; }

    /// <summary>Number of bytes still to come; surplus bytes are dropped.</summary>
    public uint Left { get; set; }

    /// <summary>First sector that was not checked yet.</summary>
    public uint NextSector { get; set; }

    /// <summary>True once a sector had to be erased: those that follow are erased without a check.</summary>
    public bool Erases { get; set; }

    /// <summary>Decompresses the blocks; null for plain ones.</summary>
    public Inflater? Inflater { get; set; }

    /// <summary>Encrypts the data; null for data that is written as it is.</summary>
    public EncryptingWriter? Encryption { get; init; }

    /// <summary>The error, which answers the next request.</summary>
    public StubStatus Error { get; set; }

    /// <summary>The supply dipped; no more work follows.</summary>
    public bool Interrupted { get; set; }
}
