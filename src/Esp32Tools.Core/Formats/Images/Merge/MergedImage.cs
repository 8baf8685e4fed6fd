using System.Collections.Generic;

namespace Esp32Tools.Formats.Images.Merge;

/// <summary>Parts as one file.</summary>
/// <param name="Data">The file.</param>
/// <param name="Warnings">What was asked and not done: whole sentences.</param>
public sealed record MergedImage(byte[] Data, IReadOnlyList<string> Warnings);
