namespace Esp32Tools.Devices.Memory;

/// <summary>What was written into a chip's address space.</summary>
public sealed record MemoryWriteResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>First address.</summary>
    public required uint Address { get; init; }

    /// <summary>Bytes written.</summary>
    public required int Length { get; init; }

    /// <summary>
    /// True when reading back gave what was written. False when nobody looked: a register may change by being read.
    /// </summary>
    public required bool Verified { get; init; }
}
