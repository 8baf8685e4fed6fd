using System;

namespace Esp32Tools.Simulator.Lines;

/// <summary>Neither line is wired.</summary>
internal sealed class NoCircuit : ResetCircuit
{
    public override LineEffect Set(long now, bool dataTerminalReady, bool requestToSend, TimeSpan rise) => LineEffect.None;
}
