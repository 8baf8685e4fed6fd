using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>One signature of an image and its validity.</summary>
public sealed record ImageSignature
{
    /// <summary>Path of the file, or the name given for it.</summary>
    public required string Path { get; init; }

    /// <summary>Version of secure boot.</summary>
    public required string Version { get; init; }

    /// <summary>Place in the signature sector: 0 to 2.</summary>
    public required int Index { get; init; }

    /// <summary>Kind of the key; null when the block cannot be read.</summary>
    public string? KeyType => PublicKey?.Type.ToString();

    /// <summary>Digest of the key, hexadecimal, as eFuses hold it: 32 bytes, of which the ESP32-C2 holds the first 16; null when the block cannot be read.</summary>
    public string? KeyDigest => PublicKey is null ? null : Hex.Encode(PublicKey.GetEfuseDigest());

    /// <summary>The key in the block; null when it cannot be read.</summary>
    public SigningPublicKey? GetPublicKey() => PublicKey;

    internal SigningPublicKey? PublicKey { get; init; }

    /// <summary>Digest of the image that the block claims, hexadecimal; null when the block cannot be read.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>True when the block is whole: its checksum and its layout are right, and its key is one.</summary>
    public bool IsIntact => PublicKey is not null;

    /// <summary>True when <see cref="ImageDigest"/> is the digest of this image.</summary>
    public bool MatchesImage { get; init; }

    /// <summary>True when the image is a multiple of 4096 bytes long: no chip starts another one, whatever its signature.</summary>
    public bool IsPadded { get; init; }

    /// <summary>True when the block is whole, its signature was made with its key and is for this image, and the image is padded.</summary>
    public bool IsValid => IsGood && IsPadded;

    /// <summary>True when the block is whole, for this image, and its signature was made with its key.</summary>
    internal bool IsGood { get; init; }
}
