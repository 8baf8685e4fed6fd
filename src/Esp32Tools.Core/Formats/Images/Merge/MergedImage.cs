using System.Collections.Generic;

namespace Esp32Tools.Formats.Images.Merge;

/// <summary>The merged parts.</summary>
/// <param name="Data">The file.</param>
/// <param name="Warnings">Options that had no effect: full sentences.</param>
public sealed record MergedImage(byte[] Data, IReadOnlyList<string> Warnings);
