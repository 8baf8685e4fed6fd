using Esp32Tools.Formats.Ota;

namespace Esp32Tools.Storage.Ota;

/// <summary>The application that boots from now on.</summary>
public sealed record OtaSwitchResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Number of the slot that boots; null for the factory application.</summary>
    public required int? Slot { get; init; }

    /// <summary>Name of the partition that boots.</summary>
    public required string? Partition { get; init; }

    /// <summary>Name of the partition that booted before.</summary>
    public required string? Previous { get; init; }

    /// <summary>The sequence number of the otadata copy that decides; null when neither does.</summary>
    public uint? Sequence { get; init; }

    /// <summary>The state in that copy; null when neither decides.</summary>
    public string? State { get; init; }

    /// <summary>False when nothing had to be written.</summary>
    public required bool Changed { get; init; }

    /// <summary>True only when the chip's own digest confirms the written data, or nothing had to be written.</summary>
    public required bool Verified { get; init; }

    /// <summary>The reason why it boots, as a sentence.</summary>
    public required string Reason { get; init; }
}
