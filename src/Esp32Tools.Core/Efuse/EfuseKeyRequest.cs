namespace Esp32Tools.Efuse;

/// <summary>A key, with its purpose and the protections that go with it.</summary>
public sealed record EfuseKeyRequest : EfuseRequest
{
    /// <summary>
    /// Key block by any of its names. Null: the block the purpose is bound to, or the first free one.
    /// </summary>
    public string? Block { get; init; }

    /// <summary>
    /// Purpose by name. Null only on chips without purpose fields (ESP32): the bytes then go in as they are, and readable.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>The key as it is in its file: 32 bytes, on an ESP32 with 3/4 coding 24.</summary>
    public required EfuseKey Key { get; init; }

    /// <summary>True when the bytes are the digest of a public key: only a purpose for digests is then accepted.</summary>
    public bool IsDigest { get; init; }

    /// <summary>False to leave a key readable that its purpose would hide.</summary>
    public bool ReadProtect { get; init; } = true;

    /// <summary>False to leave the block writable.</summary>
    public bool WriteProtect { get; init; } = true;
}
