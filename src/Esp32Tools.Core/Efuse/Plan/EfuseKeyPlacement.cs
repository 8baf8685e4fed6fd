namespace Esp32Tools.Efuse.Plan;

/// <summary>Where a key goes, what it is for, and the protections that go with it.</summary>
public abstract record EfuseKeyPlacement : EfuseRequest
{
    /// <summary>
    /// Key block by any of its names. Null: the block the purpose is bound to, or the first free one. The second half of a key
    /// that takes two blocks goes to the next free one behind it.
    /// </summary>
    public string? Block { get; init; }

    /// <summary>
    /// Purpose by name. Null only on chips without purpose fields (ESP32): the bytes then go in as they are, and readable.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>False to leave a key readable that its purpose would hide.</summary>
    public bool ReadProtect { get; init; } = true;

    /// <summary>False to leave the block writable.</summary>
    public bool WriteProtect { get; init; } = true;
}
