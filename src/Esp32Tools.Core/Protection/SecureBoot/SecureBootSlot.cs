using Esp32Tools.Chips;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>A place for a digest.</summary>
internal sealed class SecureBootSlot
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Purpose of a key in this slot.</summary>
    public required KeyPurpose Purpose { get; init; }

    /// <summary>Number of bytes that it keeps of a digest.</summary>
    public required int Length { get; init; }

    /// <summary>The digest in it; null for none.</summary>
    public required byte[]? Present { get; init; }

    /// <summary>Its current or future block; null for any free block.</summary>
    public string? Block { get; set; }

    /// <summary>eFuse field that revokes it; null when it cannot be revoked.</summary>
    public string? RevokeField { get; init; }

    /// <summary>True when its digest is revoked.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>The requested digest for this slot; null for none.</summary>
    public SecureBootDigest? Wanted { get; set; }
}
