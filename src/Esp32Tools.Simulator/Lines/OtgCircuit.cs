using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>
/// With USB-OTG it is the program that reads the lines (ESP-IDF, USB console; the ROM does likewise): it restarts the chip
/// when RTS goes, into the loader if DTR is on then. A loader is not restarted into itself.
/// </summary>
internal sealed class OtgCircuit : ResetCircuit
{
    private readonly Func<bool> _isLoader;
    private bool _requestToSend;
    private bool _asks;

    /// <param name="isLoader">Tells whether a loader runs.</param>
    public OtgCircuit(Func<bool> isLoader) => _isLoader = isLoader;

    public override bool AsksForLoader => _asks;

    public override LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise)
    {
        bool goes = _requestToSend && !requestToSend;
        _requestToSend = requestToSend;
        if (!goes || (dataTerminalReady && _isLoader()))
        {
            return LineEffect.None;
        }

        _asks = dataTerminalReady;
        return LineEffect.Restart;
    }

    public override void Release()
    {
        _requestToSend = false;
        _asks = false;
    }
}
