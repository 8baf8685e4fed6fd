namespace Esp32Tools.Formats.Images;

/// <summary>Bytes and where they belong in flash: a file that is to be merged, or a piece of a file that holds several.</summary>
/// <param name="Name">Name in messages: usually the file's path.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Data">The bytes. Not changed by any operation.</param>
public sealed record ImagePart(string Name, uint Address, byte[] Data)
{
    /// <summary>Address behind the last byte.</summary>
    public long End => (long)Address + Data.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at 0x{Address:X}";
}
