using System;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.SecureBoot;

/// <summary>Digests of keys as objects.</summary>
internal static class KeyDigests
{
    /// <summary>Length of a digest in bytes, except for the ESP32-C2.</summary>
    public const int UsualLength = 32;

    /// <summary>The digest of a key.</summary>
    public static SigningKeyDigest Of(string? path, SigningPublicKey key, int length = UsualLength) => new()
    {
        Path = path,
        KeyType = key.Type.ToString(),
        Digest = BitConverter.ToString(key.GetEfuseDigest(), 0, length).Replace("-", string.Empty).ToLowerInvariant(),
    };
}
