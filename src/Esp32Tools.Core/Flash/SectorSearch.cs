using System;
using System.Collections.Generic;

namespace Esp32Tools.Flash;

/// <summary>
/// Finds the sectors that differ by questions about ranges of them, large ones first: a range that is equal needs no more
/// questions. The number of parts of a range that differs depends on the cost of a question, and of a sector in it.
/// </summary>
internal sealed class SectorSearch
{
    private readonly Func<int, int, bool> _differs;
    private readonly double _question;
    private readonly double _sector;
    private readonly Dictionary<int, (int Parts, double Cost)> _best = new() { [1] = (1, 0) };

    /// <param name="differs">Returns whether any of a number of sectors, from a given one on, differs.</param>
    /// <param name="question">Fixed time of a question.</param>
    /// <param name="sector">Additional time of a question for each sector.</param>
    public SectorSearch(Func<int, int, bool> differs, TimeSpan question, TimeSpan sector)
    {
        _differs = differs;
        _question = Math.Max(1, question.Ticks);
        _sector = Math.Max(0, sector.Ticks);
    }

    /// <summary>Returns the sectors that differ, ascending.</summary>
    /// <param name="count">Number of sectors; at least one is known to differ.</param>
    public IReadOnlyList<int> Find(int count)
    {
        List<int> found = [];
        Search(0, count, found);
        return found;
    }

    private void Search(int first, int count, List<int> found)
    {
        if (count == 1)
        {
            found.Add(first);
            return;
        }

        int size = (count + PartsOf(count) - 1) / PartsOf(count);
        bool any = false;
        for (int start = first; start < first + count; start += size)
        {
            int length = Math.Min(size, first + count - start);

            // When all others are equal, the last one differs.
            bool isLast = start + length == first + count;
            if ((isLast && !any) || _differs(start, length))
            {
                any = true;
                Search(start, length, found);
            }
        }
    }

    private int PartsOf(int count) => Best(count).Parts;

    // The time to find one sector: questions about the parts, and then the same within one of them.
    private (int Parts, double Cost) Best(int count)
    {
        if (_best.TryGetValue(count, out (int Parts, double Cost) known))
        {
            return known;
        }

        (int Parts, double Cost) best = (count, (count * _question) + (count * _sector));
        for (int parts = 2; parts < count; parts *= 2)
        {
            double cost = (parts * _question) + (count * _sector) + Best((count + parts - 1) / parts).Cost;
            best = cost < best.Cost ? (parts, cost) : best;
        }

        _best[count] = best;
        return best;
    }
}
