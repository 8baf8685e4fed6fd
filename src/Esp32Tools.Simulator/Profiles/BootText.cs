using System.Collections.Generic;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>What the mask ROM prints while it starts, always at 115200 baud.</summary>
internal sealed class BootText
{
    /// <summary>Lines before the one with the reset reason.</summary>
    public required string Banner { get; init; }

    /// <summary>Reset reasons as the ROM writes them, number included.</summary>
    public required IReadOnlyDictionary<ResetReason, string> Reasons { get; init; }

    /// <summary>Names of the boot modes by strapping value.</summary>
    public required IReadOnlyDictionary<uint, string> Modes { get; init; }

    /// <summary>Strapping value with the boot pin high.</summary>
    public required uint ApplicationStrap { get; init; }

    /// <summary>Strapping value with the boot pin low.</summary>
    public required uint DownloadStrap { get; init; }

    /// <summary>Said before the segments of the second stage bootloader are loaded.</summary>
    public required string BeforeLoad { get; init; }

    /// <summary>Format of one loaded segment: address and length.</summary>
    public required string LoadFormat { get; init; }

    /// <summary>Said when the loader is left for the program; empty when nothing is.</summary>
    public string LoaderLeft { get; init; } = string.Empty;

    /// <summary>Format of what is said about an access outside the address space; null for a ROM that dies silently.</summary>
    public string? CrashFormat { get; init; }

    /// <summary>The mode that waits for a loader's host says so.</summary>
    public const string Waiting = "waiting for download\r\n";
}
