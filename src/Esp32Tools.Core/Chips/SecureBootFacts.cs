using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>
/// What the ROM of a chip can do to check its bootloader. Sources: ESP-IDF, "Secure Boot v2" of each chip and its
/// capabilities (<c>SOC_SECURE_BOOT_V2_RSA</c>, <c>SOC_SECURE_BOOT_V2_ECC</c>); the chips' errata.
/// </summary>
public sealed class SecureBootFacts
{
    /// <summary>Lowest revision (major * 100 + minor) whose ROM knows version 2.</summary>
    public int MinRevision { get; init; }

    /// <summary>True when RSA-3072 signatures are understood.</summary>
    public bool Rsa { get; init; } = true;

    /// <summary>Lengths in bits of the NIST curves whose ECDSA signatures are understood; empty for none.</summary>
    public IReadOnlyList<int> Curves { get; init; } = [];

    /// <summary>True when all silicon so far accepts some ECDSA signatures that it should refuse, and the vendor advises against them.</summary>
    public bool HasFaultyEcdsa { get; init; }

    /// <summary>Revisions whose ROM fails to verify what is signed well.</summary>
    public IReadOnlyList<int> FaultyRevisions { get; init; } = [];

    /// <summary>Signature blocks of an image that are looked at, from the first on.</summary>
    public int Signatures { get; init; } = 3;

    /// <summary>Purpose of the key of version 1; null where there is no version 1.</summary>
    public string? V1KeyPurpose { get; init; }
}
