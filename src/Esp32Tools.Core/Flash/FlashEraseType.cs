namespace Esp32Tools.Flash;

/// <summary>An erase size of a flash memory, and its command.</summary>
/// <param name="Size">Size in bytes.</param>
/// <param name="Command">Command byte.</param>
public readonly record struct FlashEraseType(long Size, byte Command)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Size >> 10} KB (0x{Command:X2})";
}
