namespace Esp32Tools.Flash;

/// <summary>Bytes and where they belong in flash.</summary>
/// <param name="Name">What it is called in messages and results: usually the file's path.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Data">The bytes. Not changed by any operation.</param>
public sealed record FlashImage(string Name, uint Address, byte[] Data)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} at 0x{Address:X}";
}
