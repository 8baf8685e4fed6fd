namespace Esp32Tools.Chips.Tables;

/// <summary>Pins in five bits on the ESP32: 30 and 31 stand for GPIO32 and GPIO33 (efuse-tables.md, section 5).</summary>
internal static class EfusePad
{
    private const ulong FirstMoved = 30;
    private const ulong Moved = 2;

    /// <summary>The pin for a number.</summary>
    public static ulong ToPin(ulong number) => number >= FirstMoved ? number + Moved : number;

    /// <summary>The number for a pin; null for a pin that has none.</summary>
    public static ulong? ToNumber(ulong pin) =>
        pin < FirstMoved ? pin : pin is >= FirstMoved + Moved and <= FirstMoved + Moved + 1 ? pin - Moved : null;
}
