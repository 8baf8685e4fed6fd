namespace Esp32Tools.Formats.Images.Elf;

/// <summary>A section or segment of an ELF file that has bytes to load.</summary>
/// <param name="Name">Name of the section; <c>PHDR</c> for a segment, which has none.</param>
/// <param name="Address">Address it is loaded or mapped to; for a segment, its physical address.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Alignment">Alignment in bytes; 0 and 1 mean none.</param>
public sealed record ElfSection(string Name, uint Address, byte[] Data, uint Alignment)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} at 0x{Address:X8}, {Data.Length} bytes";
}
