using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>One request of a job and the bytes that it and its answer are, counted from the beginning of the job.</summary>
internal sealed record JobPhase(int Number, LoaderCommand Command, long ToChip, long ToHost)
{
    public long ToChipEnd { get; init; }

    public long ToHostEnd { get; init; }

    /// <summary>Of the requests with each command the first, the one in the middle and the last.</summary>
    public static IEnumerable<JobPhase> FirstMiddleLast(IEnumerable<JobPhase> phases) => phases
        .GroupBy(phase => phase.Command)
        .SelectMany(group => new[] { group.First(), group.ElementAt(group.Count() / 2), group.Last() })
        .Distinct();

    /// <summary>Numbers of bytes, from 1, spread over a range: its ends, and evenly between them.</summary>
    public static IEnumerable<long> Spread(long start, long end, int count)
    {
        long length = end - start;
        return Enumerable.Range(0, count).Select(i => start + 1 + (count == 1 ? length / 2 : i * (length - 1) / (count - 1)))
            .Where(_ => length > 0)
            .Distinct();
    }
}
