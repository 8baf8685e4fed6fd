namespace Esp32Tools.Chips;

/// <summary>Where eFuse names the pads of the flash (ESP32). All zero: the default pads.</summary>
public sealed class SpiPadFacts
{
    /// <summary>Clock pad.</summary>
    public required BitField Clock { get; init; }

    /// <summary>Data out of the flash.</summary>
    public required BitField Q { get; init; }

    /// <summary>Data into the flash.</summary>
    public required BitField D { get; init; }

    /// <summary>Chip select.</summary>
    public required BitField ChipSelect { get; init; }

    /// <summary>Hold.</summary>
    public required BitField Hold { get; init; }
}
