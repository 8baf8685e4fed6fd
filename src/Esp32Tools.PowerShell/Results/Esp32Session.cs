using System;

namespace Esp32Tools.PowerShell.Results;

/// <summary>A session that this process has open. The object is data alone, and does not keep the session.</summary>
public sealed record Esp32Session
{
    /// <summary>The port; as -Device it stands for the session.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the chip, such as ESP32-C3.</summary>
    public required string Chip { get; init; }

    /// <summary>MAC address of the chip; null as long as no cmdlet has read it.</summary>
    public string? Mac { get; init; }

    /// <summary>The loader that answers: Stub or Rom.</summary>
    public required string Loader { get; init; }

    /// <summary>Baud rate in use.</summary>
    public required int BaudRate { get; init; }

    /// <summary>Begin of the session, in local time.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Open, or InUse while a cmdlet works on it.</summary>
    public required string State { get; init; }
}
