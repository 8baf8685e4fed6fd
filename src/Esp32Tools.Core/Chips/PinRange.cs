namespace Esp32Tools.Chips;

/// <summary>Pins that follow each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, itself included.</param>
public readonly record struct PinRange(int First, int Last)
{
    /// <summary>True when the pin is one of them.</summary>
    public bool Contains(int pin) => pin >= First && pin <= Last;
}
