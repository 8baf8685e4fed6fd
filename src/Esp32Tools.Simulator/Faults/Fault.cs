using System;

namespace Esp32Tools.Simulator.Faults;

/// <summary>One thing that goes wrong at one point; see <see cref="FaultPlan"/> for the text form.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>What is counted.</summary>
    public required FaultPlace Place { get; init; }

    /// <summary>At which count, from 1; bytes, requests, writes or digests since the plan was armed.</summary>
    public required long At { get; init; }

    /// <summary>How often: every <see cref="At"/> counts again, this many times. 1 unless told otherwise.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Opcode of the request; null for any.</summary>
    public byte? Command { get; init; }

    /// <summary>Status of a refusal: the ROM's reason byte, or for the stub the high byte of its code.</summary>
    public byte Status { get; init; }

    /// <summary>How late.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True when the cable is put in again and the port can be opened anew.</summary>
    public bool Replug { get; init; }
}
