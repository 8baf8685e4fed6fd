namespace Esp32Tools.Protection.State;

/// <summary>A place for a key in eFuse, and its state: never the key itself.</summary>
public sealed record KeySlot
{
    /// <summary>The block, such as <c>BLOCK_KEY0</c>.</summary>
    public required string Block { get; init; }

    /// <summary>Purpose of the key; on the ESP32, of the block.</summary>
    public required string Purpose { get; init; }

    /// <summary>True when nothing has been burned into it; null when the chip does not report it.</summary>
    public bool? IsEmpty { get; init; }

    /// <summary>True when software can read it; null when the chip does not report it.</summary>
    public bool? IsReadable { get; init; }

    /// <summary>True when bits can still be burned into it; null when the chip does not report it.</summary>
    public bool? IsWritable { get; init; }

    /// <summary>True when it holds the digest of a secure boot key.</summary>
    public bool IsDigest { get; init; }

    /// <summary>True when it holds the digest of a secure boot key that is no longer accepted.</summary>
    public bool IsRevoked { get; init; }

    /// <inheritdoc/>
    public override string ToString() => IsEmpty == true ? $"{Block}: empty" : IsRevoked ? $"{Block}: {Purpose}, revoked" : $"{Block}: {Purpose}";
}
