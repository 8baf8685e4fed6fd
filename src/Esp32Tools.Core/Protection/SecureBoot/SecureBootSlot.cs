using Esp32Tools.Chips;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>A place for a digest.</summary>
internal sealed class SecureBootSlot
{
    /// <summary>From 0 on.</summary>
    public required int Number { get; init; }

    /// <summary>Purpose of a key that is in it.</summary>
    public required KeyPurpose Purpose { get; init; }

    /// <summary>Bytes that it keeps of a digest.</summary>
    public required int Length { get; init; }

    /// <summary>What is in it; null for nothing.</summary>
    public required byte[]? Present { get; init; }

    /// <summary>Block that it is in, or shall be; null for any that is free.</summary>
    public string? Block { get; set; }

    /// <summary>eFuse field that revokes it; null where it cannot be revoked.</summary>
    public string? RevokeField { get; init; }

    /// <summary>True when what it holds is not accepted any more.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>The digest that is asked for and belongs here; null for none.</summary>
    public SecureBootDigest? Wanted { get; set; }
}
