using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>What the check of an NVS partition found.</summary>
public sealed record NvsTestResult
{
    /// <summary>Port of the device it was read from; null for none.</summary>
    public string? PortName { get; init; }

    /// <summary>File it was read from; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>True when nothing is lost and the firmware can use it: nothing was found but things to know.</summary>
    public bool IsSound => Findings.All(finding => finding.Severity == NvsFindingSeverity.Information);

    /// <summary>Values that the firmware reads.</summary>
    public required int Values { get; init; }

    /// <summary>What was found; nothing when all is in order.</summary>
    public required NvsFinding[] Findings { get; init; }

    /// <summary>Checks a partition.</summary>
    public static NvsTestResult Of(NvsImage image) => new()
    {
        Values = image.Entries.Count(entry => entry.State == NvsEntryState.Written),
        Findings = NvsCheck.Run(image),
    };
}
