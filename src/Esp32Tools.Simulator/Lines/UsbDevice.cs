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

    /// <param name="options">The board's connection, and the time the device stays away.</param>
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

    /// <summary>USB ids; 0 for the bridge of a board, which does not identify the chip.</summary>
    public (int Vendor, int Product) Identity => _options.Connection switch
    {
        BoardConnection.UsbSerialJtag => (Espressif, SerialJtag),
        BoardConnection.UsbOtg => (Espressif, _otgProduct),
        _ => (0, 0),
    };

    /// <summary>A number that changes each time the device goes away: a port opened before is then dead.</summary>
    public int Life { get; private set; }

    /// <summary>The time at which it is back, in ticks.</summary>
    public long BackAt { get; private set; } = long.MinValue;

    /// <summary>Notes a restart of the chip.</summary>
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
