namespace Esp32Tools.Formats.Images;

/// <summary>The result of changing the flash settings.</summary>
/// <param name="Data">The bytes to write: a changed copy, or the original.</param>
/// <param name="IsChanged">True when a byte is different.</param>
/// <param name="Reason">
/// The reason why the settings were not put in, a full sentence; null when they were, or did not need to be.
/// </param>
public sealed record PatchedImage(byte[] Data, bool IsChanged, string? Reason);
