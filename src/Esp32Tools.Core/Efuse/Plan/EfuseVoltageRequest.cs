namespace Esp32Tools.Efuse.Plan;

/// <summary>Voltage of the flash supply, instead of the strapping pin.</summary>
public sealed record EfuseVoltageRequest : EfuseRequest
{
    /// <summary>The voltage.</summary>
    public required EfuseFlashVoltage Voltage { get; init; }
}
