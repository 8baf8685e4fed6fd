namespace Esp32Tools.Flash;

/// <summary>The result of a write of status registers. All numbers hold register 1 in bits 7:0, 2 in 15:8 and 3 in 23:16.</summary>
public sealed record FlashStatusResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>The registers before.</summary>
    public required uint Before { get; init; }

    /// <summary>The registers after, read back.</summary>
    public required uint After { get; init; }

    /// <summary>Number of registers requested, from the first on.</summary>
    public required int Registers { get; init; }

    /// <summary>True when a reset or power loss of the flash clears the value.</summary>
    public required bool Volatile { get; init; }

    /// <summary>True when something was written; false when the registers had these values already.</summary>
    public required bool Changed { get; init; }

    /// <summary>True: the registers were read back and match the request. A write without effect is an error.</summary>
    public required bool Verified { get; init; }
}
