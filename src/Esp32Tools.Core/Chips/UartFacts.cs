using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Registers of the UART that carries the loader.</summary>
public sealed class UartFacts
{
    private readonly IReadOnlyList<uint>? _bases;

    /// <summary>Clock divider: crystal frequency / current baud rate in bits 19:0.</summary>
    public required uint ClockDivider { get; init; }

    /// <summary>Base address of the UART; the chip's buses may mirror it.</summary>
    public IReadOnlyList<uint> Bases
    {
        get => _bases ?? [Date & 0xFFFF_F000];
        init => _bases = value;
    }

    /// <summary>A register that can be written without effect; used to make the chip wait.</summary>
    public required uint Date { get; init; }
}
