namespace Esp32Tools.Devices.Memory;

/// <summary>Which checks a write to memory makes.</summary>
public sealed record MemoryWriteOptions
{
    /// <summary>Read back what was written. Not by default: a register may change by being read.</summary>
    public bool Verify { get; init; }

    /// <summary>Write also where the chip is not known to have anything.</summary>
    public bool AllowUnmapped { get; init; }

    /// <summary>Write also to the registers that burn eFuses.</summary>
    public bool AllowEfuses { get; init; }
}
