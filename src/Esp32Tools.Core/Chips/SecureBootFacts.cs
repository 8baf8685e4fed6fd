using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>
/// The support of a chip's ROM for checking its bootloader. Sources: ESP-IDF, "Secure Boot v2" of each chip and its
/// capabilities (<c>SOC_SECURE_BOOT_V2_RSA</c>, <c>SOC_SECURE_BOOT_V2_ECC</c>); the chips' errata.
/// </summary>
public sealed class SecureBootFacts
{
    /// <summary>Lowest revision (major * 100 + minor) whose ROM supports version 2.</summary>
    public int MinRevision { get; init; }

    /// <summary>True when RSA-3072 signatures are supported.</summary>
    public bool Rsa { get; init; } = true;

    /// <summary>Lengths in bits of the NIST curves whose ECDSA signatures are supported; empty for none.</summary>
    public IReadOnlyList<int> Curves { get; init; } = [];

    /// <summary>True when all silicon so far accepts some ECDSA signatures that it should refuse, and the vendor advises against them.</summary>
    public bool HasFaultyEcdsa { get; init; }

    /// <summary>Revisions whose ROM fails to verify valid signatures.</summary>
    public IReadOnlyList<int> FaultyRevisions { get; init; } = [];

    /// <summary>Number of signature blocks of an image that are checked, from the first on.</summary>
    public int Signatures { get; init; } = 3;

    /// <summary>Purpose of the key of version 1; null where there is no version 1.</summary>
    public string? V1KeyPurpose { get; init; }
}
