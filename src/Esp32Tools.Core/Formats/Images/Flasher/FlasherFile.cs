namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>A file that a build wants flashed.</summary>
/// <param name="Address">Flash address.</param>
/// <param name="Path">The path as the build wrote it; relative ones begin at the folder of the list.</param>
/// <param name="FullPath">The path from the root; as written where the folder of the list is not known.</param>
/// <param name="IsEncrypted">True when the chip is to encrypt it while it is written.</param>
public sealed record FlasherFile(uint Address, string Path, string FullPath, bool IsEncrypted)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} at 0x{Address:X}";
}
