namespace Esp32Tools.Formats.Images;

/// <summary>Bytes and their flash address: a file to merge, or one part of a file that holds several.</summary>
/// <param name="Name">Name in messages: usually the file's path.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Data">The bytes. Not changed by any operation.</param>
public sealed record ImagePart(string Name, uint Address, byte[] Data)
{
    /// <summary>Address after the last byte.</summary>
    public long End => (long)Address + Data.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at 0x{Address:X}";
}
