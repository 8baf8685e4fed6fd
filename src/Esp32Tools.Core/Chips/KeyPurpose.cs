using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>The purpose of a key in eFuse, and the way it is stored.</summary>
public sealed class KeyPurpose
{
    /// <summary>The vendor's name, such as <c>XTS_AES_128_KEY</c>; on the ESP32 <c>FlashEncryption</c>, <c>SecureBootV1</c>, <c>SecureBootV2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Value of the purpose field; null on the ESP32, where the block decides.</summary>
    public int? Id { get; init; }

    /// <summary>Block of the purpose; null for any key block.</summary>
    public string? Block { get; init; }

    /// <summary>The part of its block that the key takes: a half where two keys share the block, each with its own purpose.</summary>
    public KeyBlockPart Part { get; init; }

    /// <summary>
    /// One-bit eFuse field that is set along with the key, on the silicon that has it; null for none.
    /// </summary>
    public EfuseRole? Sets { get; init; }

    /// <summary>True when the key file's bytes are stored last byte first.</summary>
    public bool Reversed { get; init; }

    /// <summary>True when software must not be able to read the key back.</summary>
    public bool ReadProtect { get; init; }

    /// <summary>True for the digest of a public key, which must stay readable.</summary>
    public bool IsDigest { get; init; }

    /// <summary>
    /// For a private key of ECDSA: the allowed curves, by the bits of a coordinate; none for any other key.
    /// </summary>
    public IReadOnlyList<int> Curves { get; init; } = [];

    /// <summary>True when this key, or this and the other half of a <see cref="SplitKeyPurpose"/>, encrypts the flash.</summary>
    public bool IsFlashKey { get; init; }

    /// <summary>True for the key of the ESP32's secure boot v1, which is the hash of a private key on P-256.</summary>
    public bool IsSecureBootV1 { get; init; }

    /// <summary>Blocks whose hardware cannot use a key for this purpose.</summary>
    public IReadOnlyList<string> NotInBlocks { get; init; } = [];

    /// <summary>Lowest revision (major * 100 + minor) that supports the purpose.</summary>
    public int MinRevision { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
