namespace Esp32Tools.Efuse.Plan;

/// <summary>A value for a field.</summary>
public sealed record EfuseValueRequest : EfuseRequest
{
    /// <summary>Field by name or alias.</summary>
    public required string Field { get; init; }

    /// <summary>
    /// True or 1 for a bit; a number, or text of one (decimal or 0x...); a purpose by name or number; a MAC address as six
    /// octets with colons; bytes, or hexadecimal text of them: with <c>0x...</c> the highest byte comes first, without it the
    /// first byte. Null sets a bit, or the next bit of a counter.
    /// </summary>
    public object? Value { get; init; }

    /// <summary>The field alone: the value may be a key.</summary>
    public override string ToString() => Field;
}
