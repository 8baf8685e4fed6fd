using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>
/// The usual two transistors: DTR alone pulls the boot pin, RTS alone the reset pin, both together neither; the reset pin
/// rises slowly, and the boot pin counts when it is up.
/// </summary>
internal sealed class BridgeCircuit : ResetCircuit
{
    private bool _isBootLow;
    private bool _isResetLow;
    private bool _rises;
    private long _riseDue = long.MaxValue;

    public override bool PullsBootPin => _isBootLow;

    public override bool HoldsReset => _isResetLow || _rises;

    public override long RiseDue => _riseDue;

    public override LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise)
    {
        bool wasLow = _isResetLow;
        _isResetLow = requestToSend && !dataTerminalReady;
        _isBootLow = dataTerminalReady && !requestToSend;
        if (_isResetLow)
        {
            _rises = false;
            _riseDue = long.MaxValue;
        }
        else if (wasLow || _rises)
        {
            _rises = true;
            _riseDue = Math.Min(_riseDue, now + rise.Ticks);
        }

        return _isResetLow && !wasLow ? LineEffect.Hold : LineEffect.None;
    }

    public override void Rise()
    {
        _rises = false;
        _riseDue = long.MaxValue;
    }

    public override void Release()
    {
        _isResetLow = false;
        _isBootLow = false;
        Rise();
    }
}
