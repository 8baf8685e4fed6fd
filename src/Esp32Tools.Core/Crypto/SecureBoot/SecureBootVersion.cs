namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>The two ways in which chips verify the software they start.</summary>
public enum SecureBootVersion
{
    /// <summary>ESP32: one ECDSA P-256 signature after the application, 68 bytes.</summary>
    V1 = 1,

    /// <summary>ESP32 from revision 3.0 and all later chips: a sector with up to three signatures, RSA-3072 or ECDSA.</summary>
    V2 = 2,
}
