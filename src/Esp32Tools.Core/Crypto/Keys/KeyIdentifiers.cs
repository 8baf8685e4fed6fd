namespace Esp32Tools.Crypto.Keys;

/// <summary>Object identifiers of keys and of their encryption, as DER holds them (RFC 8017, 5480, 8018).</summary>
internal static class KeyIdentifiers
{
    /// <summary>1.2.840.113549.1.1.1</summary>
    public static byte[] RsaEncryption { get; } = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>1.2.840.10045.2.1</summary>
    public static byte[] EcPublicKey { get; } = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    /// <summary>1.2.840.113549.1.5.13</summary>
    public static byte[] Pbes2 { get; } = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D];

    /// <summary>1.2.840.113549.1.5.12</summary>
    public static byte[] Pbkdf2 { get; } = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C];

    /// <summary>1.2.840.113549.2: followed by 7 for HMAC with SHA-1, 9 SHA-256, 10 SHA-384, 11 SHA-512.</summary>
    public static byte[] DigestAlgorithm { get; } = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02];

    /// <summary>2.16.840.1.101.3.4.1: followed by 2 for AES-128-CBC, 22 for AES-192-CBC, 42 for AES-256-CBC.</summary>
    public static byte[] Aes { get; } = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];
}
