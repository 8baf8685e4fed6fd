using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>The states that a burn goes through: one run of it without anything going wrong, looked at after every write.</summary>
internal sealed class BurnStates
{
    private readonly List<byte[]> _steps = [];
    private readonly List<string> _live = [];

    public BurnStates(BurnBoard board, BurnCase burn)
    {
        board.PowerUp(board.Start);
        using EfusePlan plan = board.Plan(burn.Requests());
        Refusals = [.. plan.Refusals.Select(refusal => refusal.Message)];
        if (Refusals.Count > 0)
        {
            return;
        }

        _steps.Add(board.Start);
        board.Written = () =>
        {
            _live.Add(board.LiveState);
            byte[] fuses = board.Fuses;
            if (!fuses.AsSpan().SequenceEqual(_steps[^1]))
            {
                _steps.Add(fuses);
            }
        };
        board.Burn(plan);
        board.Written = null;
        Reference = _steps[^1];
    }

    /// <summary>Why it cannot be burned at all; empty when it can.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>The fuses after it.</summary>
    public byte[] Reference { get; } = [];

    /// <summary>The fuses before it and after each of its program commands.</summary>
    public IReadOnlyList<byte[]> Steps => _steps;

    /// <summary>How many registers it writes.</summary>
    public int Writes => _live.Count;

    /// <summary>The writes after which a connection that is lost leaves the chip in another state than the write before.</summary>
    public IEnumerable<int> LiveCuts => Enumerable.Range(1, Writes).Where(write => write == 1 || _live[write - 1] != _live[write - 2]);

    /// <summary>
    /// The power goes at any register write: the fuses are then those after a program command, or some of its bits took and
    /// some did not. Which ones is up to the silicon, so these are all kinds: the lower and the upper half, every other, the
    /// very first, and all but one.
    /// </summary>
    public IEnumerable<byte[]> AfterPowerCuts()
    {
        yield return _steps[0];
        for (int step = 1; step < _steps.Count; step++)
        {
            (byte[] before, byte[] after) = (_steps[step - 1], _steps[step]);
            int[] bits = [.. Enumerable.Range(0, 8 * after.Length).Where(bit => Has(after, bit) && !Has(before, bit))];
            Func<int, bool>[] takes =
            [
                i => i < bits.Length / 2, i => i >= bits.Length / 2, i => i % 2 == 0, i => i % 2 == 1, i => i == 0, i => i == bits.Length - 1,
                i => i != 0, i => i != bits.Length / 2, i => i < 20, i => i < bits.Length - 20,
            ];
            foreach (byte[] torn in takes.Select(take => With(before, bits.Where((_, i) => take(i)))).GroupBy(Convert.ToHexString).Select(same => same.First()))
            {
                yield return torn;
            }

            yield return after;
        }
    }

    private static bool Has(byte[] fuses, int bit) => (fuses[bit / 8] >> (bit % 8) & 1) != 0;

    private static byte[] With(byte[] fuses, IEnumerable<int> bits)
    {
        byte[] all = (byte[])fuses.Clone();
        foreach (int bit in bits)
        {
            all[bit / 8] |= (byte)(1 << (bit % 8));
        }

        return all;
    }
}
