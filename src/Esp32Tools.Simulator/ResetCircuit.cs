using System;

namespace Esp32Tools.Simulator;

/// <summary>
/// What the two modem lines do to the chip. The usual two transistors: DTR alone pulls the boot pin, RTS alone the reset
/// pin, both together neither; the reset pin rises slowly, and the boot pin counts when it is up. The chip's own USB port
/// reads the lines itself (ESP32-C3 Technical Reference Manual, USB Serial/JTAG controller): RTS alone resets at once, and
/// DTR alone before it asks for the loader.
/// </summary>
internal sealed class ResetCircuit
{
    private readonly bool _isUsb;
    private bool _isResetLow;
    private bool _rises;

    public ResetCircuit(bool isUsb) => _isUsb = isUsb;

    /// <summary>True while something asks for the loader.</summary>
    public bool IsBootLow { get; private set; }

    /// <summary>True while the chip is held in reset: pin low, or still rising.</summary>
    public bool HoldsReset => !_isUsb && (_isResetLow || _rises);

    /// <summary>When the reset pin will be up, in ticks; <see cref="long.MaxValue"/> when it is not rising.</summary>
    public long RiseDue { get; private set; } = long.MaxValue;

    /// <summary>Takes the lines.</summary>
    /// <param name="now">Time, in ticks.</param>
    /// <param name="dataTerminalReady">DTR asserted.</param>
    /// <param name="requestToSend">RTS asserted.</param>
    /// <param name="rise">How long the reset pin takes to rise.</param>
    /// <returns>True when the reset pin has just been pulled.</returns>
    public bool Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise)
    {
        bool wasLow = _isResetLow;
        _isResetLow = requestToSend && !dataTerminalReady;
        if (!_isUsb || !requestToSend)
        {
            IsBootLow = dataTerminalReady && !requestToSend;
        }

        if (_isUsb)
        {
            return _isResetLow && !wasLow;
        }

        if (_isResetLow)
        {
            _rises = false;
            RiseDue = long.MaxValue;
        }
        else if (wasLow || _rises)
        {
            _rises = true;
            RiseDue = Math.Min(RiseDue, now + rise.Ticks);
        }

        return _isResetLow && !wasLow;
    }

    /// <summary>The reset pin is up.</summary>
    public void Rise()
    {
        _rises = false;
        RiseDue = long.MaxValue;
    }

    /// <summary>The lines and the power behind them are gone.</summary>
    public void Release()
    {
        _isResetLow = false;
        IsBootLow = false;
        Rise();
    }
}
