namespace Esp32Tools.Chips;

/// <summary>RTC watchdog and super watchdog, as far as a loader has to stop or use them.</summary>
public sealed class WatchdogFacts
{
    /// <summary>Configuration 0: 0 is off, 0xD000_0102 resets the system on expiry.</summary>
    public required uint Config0 { get; init; }

    /// <summary>Configuration 1: the time; 0 where it is not known.</summary>
    public uint Config1 { get; init; }

    /// <summary>Write protection of both.</summary>
    public required uint WriteProtect { get; init; }

    /// <summary>Value that lifts the write protection.</summary>
    public uint Key { get; init; } = 0x50D8_3AA1;

    /// <summary>Super watchdog configuration.</summary>
    public uint SuperConfig { get; init; }

    /// <summary>Super watchdog write protection.</summary>
    public uint SuperWriteProtect { get; init; }

    /// <summary>Value that lifts it.</summary>
    public uint SuperKey { get; init; } = 0x50D8_3AA1;

    /// <summary>Bit that makes the super watchdog feed itself.</summary>
    public uint SuperAutoFeed { get; init; } = 0x0004_0000;

    /// <summary>True when both must be stopped in a session over USB-Serial-JTAG, where the ROM leaves them running.</summary>
    public bool RunsOnUsbSerialJtag { get; init; }

    /// <summary>True when letting the watchdog expire is a working reset on this chip.</summary>
    public bool CanReset { get; init; }
}
