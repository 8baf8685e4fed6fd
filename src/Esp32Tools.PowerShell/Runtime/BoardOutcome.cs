using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>The work of one cmdlet on one board: several pieces where several objects came through the pipeline.</summary>
/// <param name="work">The pieces of work, at least one.</param>
internal sealed class BoardOutcome(IReadOnlyList<DeviceOperation> work)
{
    /// <summary>The port.</summary>
    public string PortName => work[0].PortName;

    /// <summary>MAC of the board; null where it is not known.</summary>
    public string? Mac => work.Select(piece => piece.Mac).FirstOrDefault(mac => mac is not null);

    /// <summary>The id of the first failure; null for none.</summary>
    public string? ErrorId => work.Select(piece => piece.Failure).FirstOrDefault(failure => failure is not null)?.ToString();

    /// <summary>Duration of the work in seconds.</summary>
    public double Seconds => Math.Round(work.Sum(piece => piece.Duration.TotalSeconds), 3);

    /// <summary>The results, in the order in which they came.</summary>
    public IReadOnlyList<T> Results<T>() => [.. work.SelectMany(piece => piece.Results).Cast<T>()];
}
