using System;

namespace Esp32Tools.Simulator.Faults;

/// <summary>One thing that goes wrong at one point; see <see cref="FaultPlan"/> for the text form.</summary>
public sealed record Fault
{
    /// <summary>The kind of fault.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The event that is counted.</summary>
    public required FaultPlace Place { get; init; }

    /// <summary>The count at which it happens, from 1; bytes, requests, writes or digests since the plan was armed.</summary>
    public required long At { get; init; }

    /// <summary>Number of repetitions, each after another <see cref="At"/> counts. 1 by default.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Opcode of the request; null for any.</summary>
    public byte? Command { get; init; }

    /// <summary>Status of a refusal: the ROM's reason byte, or for the stub the high byte of its code.</summary>
    public byte Status { get; init; }

    /// <summary>The delay.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True when the cable is plugged in again and the port can be opened again.</summary>
    public bool Replug { get; init; }
}
