namespace Esp32Tools.Chips;

/// <summary>A range of consecutive pins.</summary>
/// <param name="First">First pin.</param>
/// <param name="Last">Last pin, included.</param>
public readonly record struct PinRange(int First, int Last)
{
    /// <summary>True when the pin is in the range.</summary>
    public bool Contains(int pin) => pin >= First && pin <= Last;
}
