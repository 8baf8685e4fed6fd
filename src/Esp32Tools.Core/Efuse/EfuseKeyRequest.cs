namespace Esp32Tools.Efuse;

/// <summary>A key, with its purpose and the protections that go with it.</summary>
public sealed record EfuseKeyRequest : EfuseKeyPlacement
{
    /// <summary>The key as it is in its file: 32 bytes, 64 for a key that takes two blocks, on an ESP32 with 3/4 coding 24.</summary>
    public required EfuseKey Key { get; init; }

    /// <summary>True when the bytes are the digest of a public key: only a purpose for digests is then accepted.</summary>
    public bool IsDigest { get; init; }
}
