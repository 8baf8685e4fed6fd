using System.Collections.Generic;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>An image that was made from an ELF file.</summary>
/// <param name="Data">The image.</param>
/// <param name="Warnings">What was asked and not done, and what looks wrong: whole sentences.</param>
public sealed record BuiltImage(byte[] Data, IReadOnlyList<string> Warnings);
