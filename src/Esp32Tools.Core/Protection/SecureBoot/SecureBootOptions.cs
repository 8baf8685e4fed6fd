using System.Collections.Generic;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>How secure boot is to be switched on.</summary>
public sealed record SecureBootOptions
{
    /// <summary>
    /// The refusals that can be lifted: each lifts itself and no other. An unsigned bootloader that was read is not among them.
    /// </summary>
    public static IReadOnlyList<ErrorCode> Liftable { get; } =
    [
        ErrorCode.BootloaderUnchecked, ErrorCode.DigestUnknown, ErrorCode.SecureBootFault, ErrorCode.SecureDownloadFault, ErrorCode.ReadProtectionLost,
        ErrorCode.SecureBootProtected,
    ];

    /// <summary>Version of secure boot.</summary>
    public SecureBootVersion Version { get; init; } = SecureBootVersion.V2;

    /// <summary>Version 2: the keys to trust.</summary>
    public IReadOnlyList<SecureBootDigest> Digests { get; init; } = [];

    /// <summary>Version 1: the key. Stays the caller's to dispose.</summary>
    public SecureBootV1Key? Key { get; init; }

    /// <summary>Revokes the slots for digests that stay empty, so that nobody adds a key later.</summary>
    public bool RevokeUnused { get; init; }

    /// <summary>Has the ROM revoke a key at the first signature of it that is not good.</summary>
    public bool AggressiveRevoke { get; init; }

    /// <summary>Signed images to write, as they were built: plain.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>
    /// The flash encryption key of a chip that encrypts already: images are encrypted with it, and what is in the flash is
    /// decrypted to be checked. Stays the caller's to dispose.
    /// </summary>
    public FlashKey? FlashKey { get; init; }

    /// <summary>What becomes of the serial loader.</summary>
    public DownloadModeGoal DownloadMode { get; init; }

    /// <summary>Refusals to lift, of <see cref="Liftable"/>.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
