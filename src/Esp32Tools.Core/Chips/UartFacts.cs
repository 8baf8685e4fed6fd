namespace Esp32Tools.Chips;

/// <summary>Registers of the UART that carries the loader.</summary>
public sealed class UartFacts
{
    /// <summary>Clock divider: crystal frequency / current baud rate in bits 19:0.</summary>
    public required uint ClockDivider { get; init; }

    /// <summary>A register that can be written without effect; used to make the chip wait.</summary>
    public required uint Date { get; init; }
}
