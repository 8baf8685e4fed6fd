using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// The complete plan of a burn, made before the first bit. Shows no key; holds the words to burn until it is burned or disposed.
/// </summary>
public sealed class EfusePlan : IDisposable
{
    internal EfusePlan(
        EfuseSnapshot snapshot,
        IReadOnlyList<EfusePlanStep> steps,
        IReadOnlyList<EfuseException> refusals,
        IReadOnlyList<string> warnings,
        IReadOnlyList<EfuseBlockWrite> writes)
    {
        Snapshot = snapshot;
        Steps = steps;
        Refusals = refusals;
        Warnings = warnings;
        Writes = writes;
    }

    /// <summary>The chip it is for.</summary>
    public ChipDefinition Chip => Snapshot.Chip;

    /// <summary>The state of the chip that it starts from.</summary>
    public EfuseSnapshot Snapshot { get; }

    /// <summary>The steps, in the order of the requests, including those already in effect.</summary>
    public IReadOnlyList<EfusePlanStep> Steps { get; }

    /// <summary>The reasons why it cannot be burned; empty when it can. One refusal blocks the whole plan.</summary>
    public IReadOnlyList<EfuseException> Refusals { get; }

    /// <summary>Warnings: allowed, but rarely intended.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>True when nothing would be burned.</summary>
    public bool IsEmpty => Writes.Count == 0;

    /// <summary>True once it is burned or disposed: the words are cleared.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>The program commands, in the order in which they are given.</summary>
    internal IReadOnlyList<EfuseBlockWrite> Writes { get; }

    /// <summary>Throws the first refusal, if any.</summary>
    /// <exception cref="EfuseException">The first of <see cref="Refusals"/>.</exception>
    public void ThrowIfRefused()
    {
        if (Refusals.FirstOrDefault() is { } first)
        {
            throw first;
        }
    }

    /// <summary>Overwrites the words to burn.</summary>
    public void Dispose()
    {
        foreach (EfuseBlockWrite write in Writes)
        {
            write.Clear();
        }

        IsSpent = true;
    }
}
