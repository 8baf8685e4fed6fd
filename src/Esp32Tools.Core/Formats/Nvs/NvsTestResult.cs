using System.Linq;
using Esp32Tools.Results;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Result of checking an NVS partition.</summary>
public sealed record NvsTestResult
{
    /// <summary>Port of the device it was read from; null for none.</summary>
    public string? PortName { get; init; }

    /// <summary>File it was read from; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>True when nothing is lost and the firmware can use it: all findings are for information only.</summary>
    public bool IsSound => Findings.All(finding => finding.Severity == nameof(NvsFindingSeverity.Information));

    /// <summary>Number of values that the firmware reads.</summary>
    public required int Values { get; init; }

    /// <summary>The findings; empty when all is in order.</summary>
    public required ResultList<NvsFinding> Findings { get; init; }

    /// <summary>Checks a partition.</summary>
    public static NvsTestResult Of(NvsImage image) => new()
    {
        Values = image.Entries.Count(entry => entry.State == nameof(NvsEntryState.Written)),
        Findings = new(NvsCheck.Run(image)),
    };
}
