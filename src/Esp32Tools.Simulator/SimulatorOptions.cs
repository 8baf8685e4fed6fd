using System;
using System.Collections.Generic;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Simulator;

/// <summary>The options of a virtual board. All but the chip have defaults.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The chip, such as <c>esp32</c> or <c>ESP32-C3</c>.</summary>
    public required string Chip { get; init; }

    /// <summary>Name of the board, the part behind <c>virtual:</c>; null for the chip's own.</summary>
    public string? Name { get; init; }

    /// <summary>Silicon revision, major * 100 + minor; null for the chip's default.</summary>
    public int? Revision { get; init; }

    /// <summary>Factory MAC, six octets; null for one that follows from the name.</summary>
    public IReadOnlyList<byte>? Mac { get; init; }

    /// <summary>The flash part: size, identification, times of its cells; null for the one in the chip's package, else the default one; or the saved board's.</summary>
    public FlashPart? Flash { get; init; }

    /// <summary>
    /// Identification of the flash as data sheets print it, manufacturer, type, capacity: 0xEF4016. It may be one that no part
    /// has, or one of another size. Null for that of the part.
    /// </summary>
    public uint? FlashId { get; init; }

    /// <summary>PSRAM in the package of the chip, in bytes, which the factory records in eFuse; null for what the chip usually has.</summary>
    public long? Psram { get; init; }

    /// <summary>File with the first bytes of the flash; the rest is blank. Null for a blank flash.</summary>
    public string? FlashPath { get; init; }

    /// <summary>
    /// Controller file as espefuse's virtual mode keeps it (all registers, last byte first) to take the eFuses from;
    /// null for a chip fresh from the factory.
    /// </summary>
    public string? EfusePath { get; init; }

    /// <summary>
    /// Folder that flash and eFuses are loaded from when it is there, and saved to with each burn of eFuses and whenever the port
    /// is closed; null for a board that forgets. What is loaded goes before <see cref="FlashPath"/>, <see cref="EfusePath"/>,
    /// <see cref="Revision"/> and <see cref="Mac"/>.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>Pace of wire and flash; null for a board that keeps no time.</summary>
    public SimulatorTiming? Timing { get; init; }

    /// <summary>The faults of the board.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Seed of the random bytes that a wrong rate gives: the same seed gives the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The clock of the board when opened in this process; null for real time when it keeps time, and for a time of
    /// its own (<see cref="VirtualClock"/>) when it does not.
    /// </summary>
    public IClock? Clock { get; init; }

    /// <summary>
    /// True for a board whose boot pin is held low, so that every reset ends in the loader: what a connection without
    /// modem lines needs.
    /// </summary>
    public bool BootsIntoLoader { get; init; }

    /// <summary>True for a board that got its power with its boot button pressed, once: it starts in the loader.</summary>
    public bool StartsInLoader { get; init; }

    /// <summary>The board's connection to the host.</summary>
    public BoardConnection Connection { get; init; }

    /// <summary>The modem lines of a bridge that are wired to the chip.</summary>
    public ResetWiring ResetWiring { get; init; }

    /// <summary>The time that the chip's own USB port stays away after a reset.</summary>
    public TimeSpan UsbReturn { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The rise time of the reset pin after its release: the resistor and capacitor that let the usual reset sequences
    /// work where the two lines change one after the other.
    /// </summary>
    public TimeSpan ResetRise { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Lines the application prints once it runs.</summary>
    public IReadOnlyList<string> ApplicationOutput { get; init; } = [];

    /// <summary>Crystal, in MHz; null for 40, or what the chip takes in place of it.</summary>
    public int? CrystalMHz { get; init; }

    /// <summary>Frames the stub sends ahead in READ_FLASH, at most what the host asks for; the vendor's stub sends one.</summary>
    public int StubFramesInFlight { get; init; } = 1;

    /// <summary>UART divider that the ROM's autobaud finds; null for crystal / rate.</summary>
    public uint? AutobaudDivider { get; init; }

    /// <summary>Strapping value in download mode; null for the chip's usual one.</summary>
    public uint? DownloadStrap { get; init; }

    /// <summary>Words that are in memory or registers from the start, by address: what earlier use left behind.</summary>
    public IReadOnlyDictionary<uint, uint> InitialRegisters { get; init; } = new Dictionary<uint, uint>();
}
