namespace Esp32Tools.Flash;

/// <summary>Status registers that were written. All numbers hold register 1 in bits 7:0, 2 in 15:8 and 3 in 23:16.</summary>
public sealed record FlashStatusResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>The registers before.</summary>
    public required uint Before { get; init; }

    /// <summary>The registers after, read back.</summary>
    public required uint After { get; init; }

    /// <summary>How many registers were asked for, from the first on.</summary>
    public required int Registers { get; init; }

    /// <summary>True when the value is lost as the flash loses its power or is reset.</summary>
    public required bool Volatile { get; init; }

    /// <summary>True when something was written; false when the registers were so already.</summary>
    public required bool Changed { get; init; }

    /// <summary>True: the registers were read back and are what was asked for. A write that does not take is an error.</summary>
    public required bool Verified { get; init; }
}
