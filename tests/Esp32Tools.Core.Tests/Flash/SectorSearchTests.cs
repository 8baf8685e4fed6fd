using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Core.Tests.Flash;

public sealed class SectorSearchTests
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(1024)]
    [InlineData(1025)]
    public void Every_changed_sector_is_found_and_no_other(int count)
    {
        var random = new Random(count);
        foreach (int changes in new[] { 1, 2, 10, count })
        {
            SortedSet<int> changed = [.. Enumerable.Range(0, Math.Min(changes, count)).Select(_ => random.Next(count))];
            foreach ((double question, double sector) in new[] { (0.0, 0.0), (1.0, 0.06), (16.0, 0.06), (0.1, 50.0) })
            {
                var search = new SectorSearch(
                    (first, length) => changed.GetViewBetween(first, first + length - 1).Count > 0,
                    ExactTime.FromSeconds(question / 1000),
                    ExactTime.FromSeconds(sector / 1000));

                Assert.Equal(changed, search.Find(count));
            }
        }
    }

    [Fact]
    public void Large_ranges_are_asked_for_first_and_equal_ones_not_again()
    {
        List<(int First, int Count)> asked = [];
        var search = new SectorSearch(
            (first, count) =>
            {
                asked.Add((first, count));
                return first <= 700 && 700 < first + count;
            },
            s_millisecond,
            ExactTime.FromSeconds(0.00006));

        search.Find(1024);

        Assert.InRange(asked.Count, 1, 60);
        Assert.True(asked[0].Count >= 64, $"{asked[0]}");
        Assert.DoesNotContain(asked, range => asked.Count(other => other == range) > 1);
        Assert.All(asked, range => Assert.DoesNotContain(asked, inside => inside != range
            && range.First <= inside.First && inside.First + inside.Count <= range.First + range.Count
            && !(range.First <= 700 && 700 < range.First + range.Count)));
    }

    [Fact]
    public void Slow_answers_are_asked_for_less_often_and_long_digests_less_of()
    {
        Assert.True(Cost(TimeSpan.FromMilliseconds(16), TimeSpan.Zero).Questions < Cost(TimeSpan.Zero, TimeSpan.FromMilliseconds(10)).Questions);
        Assert.True(Cost(TimeSpan.FromMilliseconds(16), TimeSpan.Zero).Sectors > Cost(TimeSpan.Zero, TimeSpan.FromMilliseconds(10)).Sectors);

        static (int Questions, int Sectors) Cost(TimeSpan question, TimeSpan sector)
        {
            int questions = 0;
            int sectors = 0;
            var search = new SectorSearch(
                (first, count) =>
                {
                    questions++;
                    sectors += count;
                    return first == 0;
                },
                question,
                sector);
            search.Find(1024);
            return (questions, sectors);
        }
    }
}
