namespace Esp32Tools.Simulator;

/// <summary>The connection of a virtual board to its host.</summary>
public enum BoardConnection
{
    /// <summary>By a bridge to the chip's UART, whose modem lines work the pins for boot and reset.</summary>
    Uart,

    /// <summary>
    /// By the chip's own USB-Serial-JTAG peripheral (303A:1001): no baud rate, modem lines that the peripheral reads, and
    /// watchdogs that run on under the loader. The port goes away when the whole chip restarts.
    /// </summary>
    UsbSerialJtag,

    /// <summary>
    /// By USB-OTG, with the ROM and the application as the device (303A, product id = chip id): no baud rate, short blocks,
    /// and a port that goes away at every reset.
    /// </summary>
    UsbOtg,
}
