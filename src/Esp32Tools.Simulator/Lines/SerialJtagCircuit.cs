using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>
/// The USB-Serial-JTAG peripheral reads the lines itself (ESP32-C3 Technical Reference Manual, USB Serial/JTAG controller):
/// RTS alone restarts the chip at once, and DTR alone before it asks for the loader.
/// </summary>
internal sealed class SerialJtagCircuit : ResetCircuit
{
    private bool _asks;
    private bool _resets;

    public override bool AsksForLoader => _asks;

    public override LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise)
    {
        bool reset = _resets;
        _resets = requestToSend && !dataTerminalReady;
        if (!requestToSend)
        {
            _asks = dataTerminalReady;
        }

        return _resets && !reset ? LineEffect.Restart : LineEffect.None;
    }

    public override void Release()
    {
        _asks = false;
        _resets = false;
    }
}
