namespace Esp32Tools.Efuse.Plan;

/// <summary>A MAC address of the user's own, with the CRC and version fields that the chip wants beside it.</summary>
public sealed record EfuseMacRequest : EfuseRequest
{
    /// <summary>Six octets with colons; a unicast address.</summary>
    public required string Address { get; init; }
}
