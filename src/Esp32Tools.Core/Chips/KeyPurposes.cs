using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>
/// Key purposes that chips have in common, each a list to include in a chip's own (chip ROM key purpose enumeration of
/// ESP-IDF, <c>esp_efuse_purpose_t</c>).
/// </summary>
internal static class KeyPurposes
{
    /// <summary>A key for the user's own use.</summary>
    public static KeyPurpose User { get; } = new() { Name = "USER", Id = 0 };

    /// <summary>HMAC keys, by use.</summary>
    public static IReadOnlyList<KeyPurpose> Hmac { get; } =
    [
        new() { Name = "HMAC_DOWN_ALL", Id = 5, ReadProtect = true },
        new() { Name = "HMAC_DOWN_JTAG", Id = 6, ReadProtect = true },
        new() { Name = "HMAC_DOWN_DIGITAL_SIGNATURE", Id = 7, ReadProtect = true },
        new() { Name = "HMAC_UP", Id = 8, ReadProtect = true },
    ];

    /// <summary>Digests of the public keys of secure boot.</summary>
    public static IReadOnlyList<KeyPurpose> Digests { get; } =
    [
        new() { Name = "SECURE_BOOT_DIGEST0", Id = 9, IsDigest = true },
        new() { Name = "SECURE_BOOT_DIGEST1", Id = 10, IsDigest = true },
        new() { Name = "SECURE_BOOT_DIGEST2", Id = 11, IsDigest = true },
    ];

    /// <summary>A 256-bit flash encryption key, which takes two blocks.</summary>
    public static SplitKeyPurpose Xts256 { get; } = new("XTS_AES_256_KEY", "XTS_AES_256_KEY_1", "XTS_AES_256_KEY_2");

    /// <summary>A 256-bit PSRAM encryption key, which takes two blocks.</summary>
    public static SplitKeyPurpose Xts256Psram { get; } = new("XTS_AES_256_PSRAM_KEY", "XTS_AES_256_PSRAM_KEY_1", "XTS_AES_256_PSRAM_KEY_2");

    /// <summary>A P-384 signing key, which takes two blocks, the upper half of the number first.</summary>
    public static SplitKeyPurpose EcdsaP384 { get; } = new("ECDSA_KEY_P384", "ECDSA_KEY_P384_H", "ECDSA_KEY_P384_L");

    /// <summary>A key that the hardware reads last byte first and that software must not read.</summary>
    /// <param name="name">The vendor's name.</param>
    /// <param name="id">Value of the purpose field.</param>
    /// <param name="notInBlocks">Blocks whose hardware cannot use it.</param>
    /// <param name="minRevision">Lowest revision that supports it, major * 100 + minor.</param>
    /// <param name="isFlashKey">True when the flash is encrypted with it.</param>
    public static KeyPurpose Secret(string name, int id, IReadOnlyList<string>? notInBlocks = null, int minRevision = 0, bool isFlashKey = false) => new()
    {
        Name = name,
        Id = id,
        IsFlashKey = isFlashKey,
        Reversed = true,
        ReadProtect = true,
        NotInBlocks = notInBlocks ?? [],
        MinRevision = minRevision,
    };

    /// <summary>A private key of ECDSA, or half of one.</summary>
    /// <param name="name">The vendor's name.</param>
    /// <param name="id">Value of the purpose field.</param>
    /// <param name="curves">Allowed curves, by the bits of a coordinate.</param>
    /// <param name="minRevision">Lowest revision that supports it, major * 100 + minor.</param>
    public static KeyPurpose Ecdsa(string name, int id, IReadOnlyList<int> curves, int minRevision = 0) => new()
    {
        Name = name,
        Id = id,
        Reversed = true,
        ReadProtect = true,
        Curves = curves,
        MinRevision = minRevision,
    };

    /// <summary>The usual flash encryption key of 128 bits.</summary>
    /// <param name="notInBlocks">Blocks whose hardware cannot use it.</param>
    public static KeyPurpose Xts128(params string[] notInBlocks) => Secret("XTS_AES_128_KEY", 4, notInBlocks, isFlashKey: true);

    /// <summary>The two halves of a 256-bit flash encryption key.</summary>
    /// <param name="notInBlocks">Blocks whose hardware cannot use them.</param>
    public static IReadOnlyList<KeyPurpose> Xts256Halves(params string[] notInBlocks) =>
    [
        Secret(Xts256.First, 2, notInBlocks, isFlashKey: true),
        Secret(Xts256.Second, 3, notInBlocks, isFlashKey: true),
    ];
}
