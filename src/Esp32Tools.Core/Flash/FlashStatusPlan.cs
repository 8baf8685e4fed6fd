namespace Esp32Tools.Flash;

/// <summary>A planned write of status registers.</summary>
public sealed record FlashStatusPlan
{
    /// <summary>The current registers.</summary>
    public required uint Before { get; init; }

    /// <summary>The registers after the write: those not requested stay.</summary>
    public required uint Target { get; init; }

    /// <summary>Number of registers requested, from the first on.</summary>
    public required int Registers { get; init; }

    /// <summary>True for a value that need not survive a reset.</summary>
    public required bool Volatile { get; init; }

    /// <summary>False when the registers have these values already.</summary>
    public bool IsNeeded => (Before & ~FlashStatus.Momentary) != (Target & ~FlashStatus.Momentary);

    /// <summary>A description of the write, as a sentence without subject.</summary>
    public override string ToString() =>
        $"Set the flash status registers from 0x{Before:X6} to 0x{Target:X6}{(Volatile ? " until the flash is reset" : " for good, as far as they can be set again")}";
}
