namespace Esp32Tools.Efuse.Plan;

/// <summary>Block, purpose and protections of a key.</summary>
public abstract record EfuseKeyPlacement : EfuseRequest
{
    /// <summary>
    /// Key block by any of its names. Null: the block the purpose is bound to, or the first free one. The second half of a key
    /// that takes two blocks goes to the next free block after it.
    /// </summary>
    public string? Block { get; init; }

    /// <summary>
    /// Purpose by name. Null only on chips without purpose fields (ESP32): the bytes are then burned unchanged and stay readable.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>False to leave a key readable that its purpose would hide.</summary>
    public bool ReadProtect { get; init; } = true;

    /// <summary>False to leave the block writable.</summary>
    public bool WriteProtect { get; init; } = true;

    /// <summary>
    /// True to leave a key alone that the chip has for this purpose already, hidden, so that it cannot be compared with this one.
    /// Only its missing protection is added. Of a key that takes two blocks, both must be there. No effect on keys that can
    /// be read.
    /// </summary>
    public bool SkipExisting { get; init; }
}
