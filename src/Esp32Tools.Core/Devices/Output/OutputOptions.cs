using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Esp32Tools.Devices.Output;

/// <summary>How to watch what a chip prints, and when to stop.</summary>
public sealed record OutputOptions
{
    /// <summary>Rate at which chips print unless their project says otherwise.</summary>
    public const int DefaultBaudRate = 115200;

    /// <summary>Baud rate of the output.</summary>
    public int BaudRate { get; init; } = DefaultBaudRate;

    /// <summary>Restart the chip into its application first, so that its first line is seen.</summary>
    public bool Reset { get; init; }

    /// <summary>A line that one of these matches ends the watch.</summary>
    public IReadOnlyList<Regex> Until { get; init; } = [];

    /// <summary>A line that one of these matches is a failure.</summary>
    public IReadOnlyList<Regex> FailOn { get; init; } = [];

    /// <summary>
    /// How long to watch; null for ever. With <see cref="Until"/> it is a failure when the time passes, without it the
    /// watch is then simply over.
    /// </summary>
    public TimeSpan? Timeout { get; init; }
}
