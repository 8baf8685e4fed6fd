using System;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Lines;

/// <summary>The USB device that the chip itself is, as its host sees it: there, away for a while after a reset, and there again.</summary>
internal sealed class UsbDevice
{
    private const int Espressif = 0x303A;
    private const int SerialJtag = 0x1001;

    private readonly SimulatorOptions _options;
    private readonly int _otgProduct;

    /// <param name="options">How the board is connected, and how long the device stays away.</param>
    /// <param name="chip">Which chip.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/>: it has no such port.</exception>
    public UsbDevice(SimulatorOptions options, ChipDefinition chip)
    {
        bool has = options.Connection switch
        {
            BoardConnection.UsbSerialJtag => chip.Usb.HasSerialJtag,
            BoardConnection.UsbOtg => chip.Usb.HasOtg,
            _ => true,
        };
        if (!has)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"The {chip.Name} has no {(options.Connection == BoardConnection.UsbOtg ? "USB-OTG" : "USB-Serial-JTAG")} port.",
                "Choose another chip, or connect the board by a bridge.")
            { Target = chip.Name };
        }

        _options = options;
        _otgProduct = chip.ImageChipId;
    }

    /// <summary>USB ids; 0 for the bridge of a board, which tells nothing about the chip.</summary>
    public (int Vendor, int Product) Identity => _options.Connection switch
    {
        BoardConnection.UsbSerialJtag => (Espressif, SerialJtag),
        BoardConnection.UsbOtg => (Espressif, _otgProduct),
        _ => (0, 0),
    };

    /// <summary>Another number each time it went away: whoever has it open from before has nothing any more.</summary>
    public int Life { get; private set; }

    /// <summary>When it is there again, in ticks.</summary>
    public long BackAt { get; private set; } = long.MinValue;

    /// <summary>The chip starts anew.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="now">Time, in ticks.</param>
    /// <returns>True when that takes the device away.</returns>
    public bool Restart(ResetReason reason, long now)
    {
        // The peripheral outlives a reset of the processor; a device that is software does not.
        bool goes = _options.Connection switch
        {
            BoardConnection.UsbOtg => true,
            BoardConnection.UsbSerialJtag => reason is not (ResetReason.Usb or ResetReason.Software),
            _ => false,
        };
        if (goes)
        {
            Life++;
            BackAt = now + _options.UsbReturn.Ticks;
        }

        return goes;
    }
}
