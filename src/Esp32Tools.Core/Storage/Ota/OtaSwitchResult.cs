using Esp32Tools.Formats.Ota;

namespace Esp32Tools.Storage.Ota;

/// <summary>Which application boots from now on.</summary>
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

    /// <summary>The sequence of the copy of otadata that decides; null when neither does.</summary>
    public uint? Sequence { get; init; }

    /// <summary>What that copy says; null when neither decides.</summary>
    public OtaState? State { get; init; }

    /// <summary>False when all was so already and nothing was written.</summary>
    public required bool Changed { get; init; }

    /// <summary>True only when the chip's own digest says that its flash holds what was written, or nothing had to be.</summary>
    public required bool Verified { get; init; }

    /// <summary>Why that one boots, as a sentence.</summary>
    public required string Reason { get; init; }
}
