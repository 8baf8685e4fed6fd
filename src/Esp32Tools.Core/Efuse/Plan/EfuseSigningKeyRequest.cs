using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// A signing key. The purpose determines the eFuse contents: the digest of its public half, its private number, or the hash of
/// that number for secure boot v1.
/// </summary>
public sealed record EfuseSigningKeyRequest : EfuseKeyPlacement
{
    /// <summary>The key.</summary>
    public required EfuseSigningKey Key { get; init; }

    /// <inheritdoc/>
    public override IDisposable? Secret => Key;
}
