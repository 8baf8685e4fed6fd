namespace Esp32Tools.Efuse.Plan;

/// <summary>Protection of a field or a block, and of all fields and blocks that share its protection bit.</summary>
public sealed record EfuseProtectionRequest : EfuseRequest
{
    /// <summary>Field or block by name.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of protection.</summary>
    public required EfuseProtection Protection { get; init; }
}
