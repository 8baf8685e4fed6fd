using System;
using System.Collections.Generic;
using Esp32Tools.Devices.Output;
using Esp32Tools.Results;

namespace Esp32Tools.Devices.Memory;

/// <summary>The result of a load of an image into RAM.</summary>
public sealed record RamImageResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Path of the image.</summary>
    public required string Name { get; init; }

    /// <summary>Number of segments loaded.</summary>
    public required int Segments { get; init; }

    /// <summary>Number of bytes loaded.</summary>
    public required long Length { get; init; }

    /// <summary>Address of its first instruction.</summary>
    public required uint EntryPoint { get; init; }

    /// <summary>True when the image was started; false when it was only loaded.</summary>
    public required bool Started { get; init; }

    /// <summary>Time from the first byte to the start, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Lines of output while the image was watched; none when it was not.</summary>
    public ResultList<Esp32OutputLine> Output { get; init; } = new([]);
}
