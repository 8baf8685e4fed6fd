using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>Registers of the SPI controller that reaches the flash, as offsets from <see cref="Base"/>.</summary>
public sealed class SpiFacts
{
    /// <summary>Address of the controller.</summary>
    public required uint Base { get; init; }

    /// <summary>Command: bit 18 starts a user-defined transfer and clears when it is done.</summary>
    public uint Command { get; init; } = 0x00;

    /// <summary>Flash address of the transfer.</summary>
    public uint Address { get; init; } = 0x04;

    /// <summary>Selects the phases of the transfer.</summary>
    public uint User { get; init; } = 0x18;

    /// <summary>Length of address and dummy phase.</summary>
    public uint User1 { get; init; } = 0x1C;

    /// <summary>Command byte and its length.</summary>
    public uint User2 { get; init; } = 0x20;

    /// <summary>Number of bits to send, minus one.</summary>
    public uint MosiLength { get; init; } = 0x24;

    /// <summary>Number of bits to receive, minus one.</summary>
    public uint MisoLength { get; init; } = 0x28;

    /// <summary>First data word.</summary>
    public uint Data { get; init; } = 0x58;

    /// <summary>True on the ESP32, whose address register holds the address in its upper bits.</summary>
    public bool AddressLeftAligned { get; init; }

    /// <summary>Pins for a flash at other than the default pins.</summary>
    public required IReadOnlyList<PinRange> Pins { get; init; }

    /// <summary>Highest pin for the hold line of such a flash; null for any.</summary>
    public int? HighestHoldPin { get; init; }

    /// <summary>
    /// The steps that switch the supply of the flash on before the loader attaches it; null where
    /// the ROM has done so.
    /// </summary>
    public Func<EfuseView, IReadOnlyList<RegisterStep>>? PowerUp { get; init; }

    /// <summary>True when a flash may be connected to the pin.</summary>
    public bool Allows(int pin) => Pins.Any(range => range.Contains(pin));
}
