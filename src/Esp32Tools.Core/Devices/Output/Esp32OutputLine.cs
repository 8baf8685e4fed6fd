using System;

namespace Esp32Tools.Devices.Output;

/// <summary>One line of what a chip prints.</summary>
public sealed record Esp32OutputLine
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>When its last byte arrived, by this machine's clock.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Time since the watch began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The line, without its end and without colours.</summary>
    public required string Text { get; init; }

    /// <summary>True for the line that was waited for.</summary>
    public bool IsMatch { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
