using System.Collections.Generic;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>Options for switching secure boot on.</summary>
public sealed record SecureBootOptions
{
    /// <summary>Version of secure boot.</summary>
    public SecureBootVersion Version { get; init; } = SecureBootVersion.V2;

    /// <summary>Version 2: the keys to trust.</summary>
    public IReadOnlyList<SecureBootDigest> Digests { get; init; } = [];

    /// <summary>Version 1: the key. The caller disposes it.</summary>
    public SecureBootV1Key? Key { get; init; }

    /// <summary>True to revoke the digest slots that stay empty, so that nobody can add a key later.</summary>
    public bool RevokeUnused { get; init; }

    /// <summary>True to make the ROM revoke a key at its first invalid signature.</summary>
    public bool AggressiveRevoke { get; init; }

    /// <summary>Signed images to write, plain as built.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>
    /// The key of a chip with flash encryption on: images are encrypted with it, and the flash contents are decrypted for
    /// checks. The caller disposes it.
    /// </summary>
    public FlashKey? FlashKey { get; init; }

    /// <summary>Goal for the serial loader.</summary>
    public DownloadModeGoal DownloadMode { get; init; }

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.SecureBoot"/>.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
