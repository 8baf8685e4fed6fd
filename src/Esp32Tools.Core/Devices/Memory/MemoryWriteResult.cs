namespace Esp32Tools.Devices.Memory;

/// <summary>The result of a write into a chip's address space.</summary>
public sealed record MemoryWriteResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>First address.</summary>
    public required uint Address { get; init; }

    /// <summary>Number of bytes written.</summary>
    public required int Length { get; init; }

    /// <summary>
    /// True when reading back returned the written values. False when nothing was read back: reading can change a register.
    /// </summary>
    public required bool Verified { get; init; }
}
