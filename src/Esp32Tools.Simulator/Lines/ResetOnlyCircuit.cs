using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>RTS pulls the reset pin through one transistor, whatever DTR does; the boot pin is not wired.</summary>
internal sealed class ResetOnlyCircuit : ResetCircuit
{
    private readonly BridgeCircuit _transistor = new();

    public override bool HoldsReset => _transistor.HoldsReset;

    public override long RiseDue => _transistor.RiseDue;

    public override LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise) =>
        _transistor.Set(now, dataTerminalReady: false, requestToSend, rise);

    public override void Rise() => _transistor.Rise();

    public override void Release() => _transistor.Release();
}
