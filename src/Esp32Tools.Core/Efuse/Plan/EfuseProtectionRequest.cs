namespace Esp32Tools.Efuse.Plan;

/// <summary>Protection of a field or a block, and of all that share its protection bit.</summary>
public sealed record EfuseProtectionRequest : EfuseRequest
{
    /// <summary>Field or block by name.</summary>
    public required string Name { get; init; }

    /// <summary>Against what.</summary>
    public required EfuseProtection Protection { get; init; }
}
