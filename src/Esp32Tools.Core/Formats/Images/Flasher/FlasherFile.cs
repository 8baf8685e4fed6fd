namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>A file of a build to write to flash.</summary>
/// <param name="Address">Flash address.</param>
/// <param name="Path">The path as the build wrote it; relative ones begin at the folder of the list.</param>
/// <param name="FullPath">The path from the root; as written when the folder of the list is unknown.</param>
/// <param name="IsEncrypted">True when the chip must encrypt it during the write.</param>
public sealed record FlasherFile(uint Address, string Path, string FullPath, bool IsEncrypted)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} at 0x{Address:X}";
}
