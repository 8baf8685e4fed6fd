using System;

namespace Esp32Tools.Protection.State;

/// <summary>What protects a device, what is still open, and what is wrong with that. Flat where a report wants it flat.</summary>
public sealed record Esp32SecurityState
{
    /// <summary>The port it is on; null for a dump.</summary>
    public string? PortName { get; init; }

    /// <summary>The dump it was read from; null for a device.</summary>
    public string? Path { get; init; }

    /// <summary>The chip, such as <c>ESP32-C3</c>.</summary>
    public required string Chip { get; init; }

    /// <summary>Silicon revision; null in secure download mode, where the chip does not tell.</summary>
    public Version? Revision { get; init; }

    /// <summary>Factory MAC; null in secure download mode.</summary>
    public string? Mac { get; init; }

    /// <summary>How far flash encryption has been taken.</summary>
    public required FlashEncryptionMode FlashEncryption { get; init; }

    /// <summary>Ones in the flash encryption counter; it is on with an odd number.</summary>
    public required int FlashCryptCount { get; init; }

    /// <summary>Secure boot version that is on, 1 or 2; 0 for none.</summary>
    public required int SecureBoot { get; init; }

    /// <summary>A secure boot key that fails is revoked at once.</summary>
    public bool AggressiveRevoke { get; init; }

    /// <summary>Numbers of the secure boot digests that are revoked, whether or not they were ever burned.</summary>
    public int[] RevokedDigests { get; init; } = [];

    /// <summary>The key blocks.</summary>
    public required KeySlot[] KeySlots { get; init; }

    /// <summary>Who can use JTAG.</summary>
    public required JtagState Jtag { get; init; }

    /// <summary>The loader takes flash writes only.</summary>
    public required bool SecureDownloadMode { get; init; }

    /// <summary>The loader is closed for good, from the next reset on.</summary>
    public bool DownloadModeDisabled { get; init; }

    /// <summary>What somebody with the device in hand can still use, in words.</summary>
    public required string[] Open { get; init; }

    /// <summary>What a person should know, the worst first.</summary>
    public SecurityFinding[] Findings { get; init; } = [];
}
