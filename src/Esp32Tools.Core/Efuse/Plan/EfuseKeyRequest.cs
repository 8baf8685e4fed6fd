using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>A key with its purpose and protections.</summary>
public sealed record EfuseKeyRequest : EfuseKeyPlacement
{
    /// <summary>The key as in its file: 32 bytes, 64 for a key that takes two blocks, on an ESP32 with 3/4 coding 24.</summary>
    public required EfuseKey Key { get; init; }

    /// <summary>
    /// True for a key made anew for every run, in a plan that is only shown: its fingerprint would be meaningless.
    /// </summary>
    internal bool IsSample { get; init; }

    /// <summary>True when the bytes are the digest of a public key: only a purpose for digests is then accepted.</summary>
    public bool IsDigest { get; init; }

    /// <inheritdoc/>
    public override IDisposable? Secret => Key;
}
