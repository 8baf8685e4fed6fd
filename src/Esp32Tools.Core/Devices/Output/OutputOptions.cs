using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Output;

/// <summary>Options of a watch of a chip's output.</summary>
public sealed record OutputOptions
{
    /// <summary>The default baud rate of a chip's output.</summary>
    public const int DefaultBaudRate = 115200;

    /// <summary>Baud rate of the output.</summary>
    public int BaudRate { get; init; } = DefaultBaudRate;

    /// <summary>True to restart the chip into its application first, so that the first line is seen.</summary>
    public bool Reset { get; init; }

    /// <summary>Patterns of lines that end the watch. A match takes a second at most.</summary>
    public IReadOnlyList<Regex> Until { get; init => field = Limited(value); } = [];

    /// <summary>Patterns of lines that mean failure. A match takes a second at most.</summary>
    public IReadOnlyList<Regex> FailOn { get; init => field = Limited(value); } = [];

    /// <summary>
    /// Time limit; null for none. With <see cref="Until"/> its expiry is a failure, without it
    /// the normal end of the watch.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Receives a warning when the baud rate cannot be set from here; null for none.</summary>
    public Action<string>? Warn { get; init; }

    private static IReadOnlyList<Regex> Limited(IEnumerable<Regex> patterns) => [.. patterns.Select(UserPattern.Limited)];
}
