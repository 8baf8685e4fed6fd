using System;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Simulator.Link;

/// <summary>Bytes that pass together, and what happens before they do.</summary>
/// <param name="Data">Holds the bytes.</param>
/// <param name="Offset">First of them.</param>
/// <param name="Count">How many; 0 when only something happens.</param>
/// <param name="Before">A <see cref="FaultKind.Delay"/>, <see cref="FaultKind.Unplug"/> or <see cref="FaultKind.BrownOut"/>; null for nothing.</param>
internal readonly record struct WirePiece(byte[] Data, int Offset, int Count, Fault? Before)
{
    public TimeSpan Delay => Before is { Kind: FaultKind.Delay } fault ? fault.Delay : TimeSpan.Zero;
}
