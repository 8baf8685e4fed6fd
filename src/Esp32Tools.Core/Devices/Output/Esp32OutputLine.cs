using System;

namespace Esp32Tools.Devices.Output;

/// <summary>One line of a chip's output.</summary>
public sealed record Esp32OutputLine
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Arrival time of its last byte, by the host's clock, in local time.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Time since the watch began, in seconds.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The text of the line, without line ending and colours.</summary>
    public required string Text { get; init; }

    /// <summary>True for the line that ended the wait.</summary>
    public bool IsMatch { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
