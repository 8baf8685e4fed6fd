using System;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Simulator.Link;

/// <summary>Bytes that pass together, and the fault before them.</summary>
/// <param name="Data">The buffer with the bytes.</param>
/// <param name="Offset">Offset of the first of them.</param>
/// <param name="Count">Their number; 0 for a fault alone.</param>
/// <param name="Before">A <see cref="FaultKind.Delay"/>, <see cref="FaultKind.Unplug"/> or <see cref="FaultKind.BrownOut"/>; null for nothing.</param>
internal readonly record struct WirePiece(byte[] Data, int Offset, int Count, Fault? Before)
{
    public TimeSpan Delay => Before is { Kind: FaultKind.Delay } fault ? fault.Delay : TimeSpan.Zero;
}
