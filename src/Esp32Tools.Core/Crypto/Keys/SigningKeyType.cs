namespace Esp32Tools.Crypto.Keys;

/// <summary>The key types of secure boot.</summary>
public enum SigningKeyType
{
    /// <summary>RSA with a modulus of 3072 bits.</summary>
    Rsa3072,

    /// <summary>ECDSA over NIST P-192 (prime192v1).</summary>
    EcdsaP192,

    /// <summary>ECDSA over NIST P-256 (prime256v1).</summary>
    EcdsaP256,

    /// <summary>ECDSA over NIST P-384 (secp384r1).</summary>
    EcdsaP384,
}
