namespace Esp32Tools.Efuse.Plan;

/// <summary>A custom MAC address, with the CRC and version fields that the chip requires.</summary>
public sealed record EfuseMacRequest : EfuseRequest
{
    /// <summary>Six octets with colons; a unicast address.</summary>
    public required string Address { get; init; }
}
