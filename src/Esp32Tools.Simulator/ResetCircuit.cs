namespace Esp32Tools.Simulator;

/// <summary>
/// What the two modem lines do to the chip. The usual two transistors: DTR alone pulls the boot pin, RTS alone the reset
/// pin, both together neither. The chip's own USB port reads the lines itself (ESP32-C3 Technical Reference Manual, USB
/// Serial/JTAG controller): RTS alone resets, and DTR alone before it asks for the loader.
/// </summary>
internal sealed class ResetCircuit
{
    private readonly bool _isUsb;
    private bool _usbDownload;

    public ResetCircuit(bool isUsb) => _isUsb = isUsb;

    /// <summary>True while the reset pin is low.</summary>
    public bool IsResetLow { get; private set; }

    /// <summary>True while something asks for the loader.</summary>
    public bool IsBootLow { get; private set; }

    public void Set(bool dataTerminalReady, bool requestToSend)
    {
        IsResetLow = requestToSend && !dataTerminalReady;
        bool boot = dataTerminalReady && !requestToSend;
        if (!_isUsb)
        {
            IsBootLow = boot;
            return;
        }

        if (!requestToSend)
        {
            _usbDownload = boot;
        }

        IsBootLow = _usbDownload;
    }
}
