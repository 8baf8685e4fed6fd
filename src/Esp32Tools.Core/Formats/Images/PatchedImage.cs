namespace Esp32Tools.Formats.Images;

/// <summary>What a change of the flash settings came to.</summary>
/// <param name="Data">The bytes to write: a changed copy, or what was given.</param>
/// <param name="IsChanged">True when a byte is different.</param>
/// <param name="Reason">Why the settings could not be put in, a whole sentence; null when they could or need not be.</param>
public sealed record PatchedImage(byte[] Data, bool IsChanged, string? Reason);
