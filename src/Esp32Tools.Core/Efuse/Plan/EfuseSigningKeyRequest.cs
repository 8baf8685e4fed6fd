using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// A signing key, of which the eFuses get what the purpose asks for: the digest of its public half, its private number, or the
/// hash of that for secure boot v1.
/// </summary>
public sealed record EfuseSigningKeyRequest : EfuseKeyPlacement
{
    /// <summary>The key.</summary>
    public required EfuseSigningKey Key { get; init; }

    /// <inheritdoc/>
    public override IDisposable? Secret => Key;
}
