using System.Collections.Generic;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>An image made from an ELF file.</summary>
/// <param name="Data">The image.</param>
/// <param name="Warnings">Options that had no effect, and contents that look wrong: full sentences.</param>
public sealed record BuiltImage(byte[] Data, IReadOnlyList<string> Warnings);
