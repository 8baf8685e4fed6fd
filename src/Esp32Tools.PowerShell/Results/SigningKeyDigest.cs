using Esp32Tools.Crypto.Keys;

namespace Esp32Tools.PowerShell.Results;

/// <summary>A key of secure boot by its digest. Nothing in here is secret.</summary>
public sealed record SigningKeyDigest
{
    /// <summary>The file of the key; null where the key was given itself.</summary>
    public required string? Path { get; init; }

    /// <summary>Kind of the key.</summary>
    public required string KeyType { get; init; }

    /// <summary>Digest of the public half, hexadecimal, as eFuses hold it.</summary>
    public required string Digest { get; init; }
}
