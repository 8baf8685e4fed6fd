namespace Esp32Tools.Formats.Layout;

/// <summary>Bytes to be written to flash, and their address.</summary>
/// <param name="Name">Name in messages: usually the file's path.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Data">The bytes. Not changed.</param>
public sealed record SetPart(string Name, uint Address, byte[] Data)
{
    /// <summary>True when the bytes are encrypted for the chip, so that only their length is known.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>Flash address after the last byte.</summary>
    public long End => (long)Address + Data.Length;

    /// <summary>True when a flash address is in it.</summary>
    internal bool Covers(long address) => address >= Address && address < End;

    /// <summary>Its bytes from a flash address on.</summary>
    internal byte[] From(long address)
    {
        if (address == Address)
        {
            return Data;
        }

        int skipped = (int)(address - Address);
        var rest = new byte[Data.Length - skipped];
        System.Buffer.BlockCopy(Data, skipped, rest, 0, rest.Length);
        return rest;
    }

    /// <summary>Name in messages of the data at a flash address in it.</summary>
    internal string NameAt(long address) => address == Address ? Name : $"{Name}, at 0x{address:X},";
}
