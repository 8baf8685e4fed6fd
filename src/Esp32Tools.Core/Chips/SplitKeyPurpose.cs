namespace Esp32Tools.Chips;

/// <summary>A key that takes two blocks, each with its own purpose.</summary>
/// <param name="Name">The vendor's name for the whole, such as <c>XTS_AES_256_KEY</c>.</param>
/// <param name="First">Purpose of the block with the first 32 bytes of the key.</param>
/// <param name="Second">Purpose of the block with the rest.</param>
public readonly record struct SplitKeyPurpose(string Name, string First, string Second);
