using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>A plan as a readable table, in the order of the burns.</summary>
internal static class EfusePlanText
{
    private const string Gap = "  ";

    /// <summary>The table under a line that names the device; it shows no key.</summary>
    public static string Render(string device, EfusePlan plan) =>
        string.Join(Environment.NewLine, Table(plan.Steps).Prepend($"{device}: burn, for good"));

    /// <summary>The lines of the table, in the order of the burns.</summary>
    public static IEnumerable<string> Table(IEnumerable<EfusePlanStep> steps)
    {
        List<string[]> rows = [["Block", "Name", "Bits", "Change", "Why"]];
        rows.AddRange(steps
            .OrderByDescending(step => step.Block)
            .ThenBy(step => step.GetPhase())
            .Select(step => new[] { step.BlockName, step.Name, Bits(step), step.Change, step.Reason }));
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => Gap + string.Join(Gap, row.Select((cell, i) => i < widths.Length ? cell.PadRight(widths[i]) : cell)));
    }

    // Bits of block 0 by their numbers; of the other blocks, which may hold a key, only the number of bits written.
    private static string Bits(EfusePlanStep step) =>
        step.IsDone ? "done already"
        : step.GetBitNumbers().Count > 0 ? $"bit {string.Join(", ", Runs(step.GetBitNumbers()))}"
        : step.Bits == 1 ? "1 bit" : $"{step.Bits} bits";

    private static IEnumerable<string> Runs(IReadOnlyList<int> numbers)
    {
        for (int start = 0, next; start < numbers.Count; start = next)
        {
            next = start + 1;
            while (next < numbers.Count && numbers[next] == numbers[next - 1] + 1)
            {
                next++;
            }

            yield return next == start + 1 ? $"{numbers[start]}" : $"{numbers[start]}-{numbers[next - 1]}";
        }
    }
}
