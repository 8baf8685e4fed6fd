namespace Esp32Tools.Flash;

/// <summary>A size that a flash memory can erase.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Command">Command byte.</param>
public readonly record struct FlashEraseType(long Size, byte Command)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Size >> 10} KB (0x{Command:X2})";
}
