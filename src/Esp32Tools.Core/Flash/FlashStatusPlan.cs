namespace Esp32Tools.Flash;

/// <summary>A write of status registers that is to be done.</summary>
public sealed record FlashStatusPlan
{
    /// <summary>The registers now.</summary>
    public required uint Before { get; init; }

    /// <summary>The registers as they shall be: those that were not asked for stay.</summary>
    public required uint Target { get; init; }

    /// <summary>How many registers were asked for, from the first on.</summary>
    public required int Registers { get; init; }

    /// <summary>True for a value that need not last.</summary>
    public required bool Volatile { get; init; }

    /// <summary>False when the registers are so already.</summary>
    public bool IsNeeded => (Before & ~FlashStatus.Momentary) != (Target & ~FlashStatus.Momentary);

    /// <summary>What would be done, as a sentence without its subject.</summary>
    public override string ToString() =>
        $"Set the flash status registers from 0x{Before:X6} to 0x{Target:X6}{(Volatile ? " until the flash is reset" : " for good, as far as they can be set again")}";
}
