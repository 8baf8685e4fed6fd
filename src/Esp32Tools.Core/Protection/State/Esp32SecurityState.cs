using System;
using Esp32Tools.Results;

namespace Esp32Tools.Protection.State;

/// <summary>Security state of a device: its protections, its open doors, and findings. Flat, so that it fits a report.</summary>
public sealed record Esp32SecurityState
{
    /// <summary>Port of the device; null for a dump.</summary>
    public string? PortName { get; init; }

    /// <summary>The dump it was read from; null for a device.</summary>
    public string? Path { get; init; }

    /// <summary>The chip, such as <c>ESP32-C3</c>.</summary>
    public required string Chip { get; init; }

    /// <summary>Silicon revision, such as 3.1; null in secure download mode, in which the chip does not report it.</summary>
    public string? Revision { get; init; }

    /// <summary>Factory MAC; null in secure download mode.</summary>
    public string? Mac { get; init; }

    /// <summary>Level of flash encryption.</summary>
    public required string FlashEncryption { get; init; }

    /// <summary>Number of set bits in the flash encryption counter; encryption is on when it is odd.</summary>
    public required int FlashCryptCount { get; init; }

    /// <summary>Active version of secure boot, 1 or 2; 0 for none.</summary>
    public required int SecureBoot { get; init; }

    /// <summary>True when a secure boot key is revoked at its first invalid signature.</summary>
    public bool AggressiveRevoke { get; init; }

    /// <summary>Numbers of the secure boot digests that are revoked, whether or not they were ever burned.</summary>
    public ResultList<int> RevokedDigests { get; init; } = new([]);

    /// <summary>The key blocks.</summary>
    public required ResultList<KeySlot> KeySlots { get; init; }

    /// <summary>Access to JTAG.</summary>
    public required string Jtag { get; init; }

    /// <summary>True when the loader accepts flash writes only.</summary>
    public required bool SecureDownloadMode { get; init; }

    /// <summary>True when the loader is closed for good, from the next reset on.</summary>
    public bool DownloadModeDisabled { get; init; }

    /// <summary>Interfaces still open to somebody with physical access, in words.</summary>
    public required ResultList<string> Open { get; init; }

    /// <summary>The findings, the most severe first.</summary>
    public ResultList<SecurityFinding> Findings { get; init; } = new([]);
}
