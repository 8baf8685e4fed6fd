using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>.NET Framework rounds what TimeSpan makes of a double to whole milliseconds: 0.4 of one are none there.</summary>
public sealed class SpansOfTimeTests
{
    private static readonly Regex s_fraction = new(@"TimeSpan\.From(?:Milliseconds\(\d*\.\d|Seconds\(\d*\.\d{4})");

    // A counter of the system, divided: finer than a millisecond whenever it is asked for.
    private static readonly Regex s_counter = new(@"TimeSpan\.From(?:Milliseconds|Seconds)\([^;]*(?:Stopwatch\.|Frequency)");

    [Theory]
    [InlineData("TimeSpan.FromMilliseconds(0.4)", true)]
    [InlineData("TimeSpan.FromMilliseconds(45)", false)]
    [InlineData("TimeSpan.FromSeconds(0.0005)", true)]
    [InlineData("TimeSpan.FromSeconds(0.25)", false)]
    [InlineData("TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency)", true)]
    public void A_fraction_of_a_millisecond_is_seen(string code, bool isFraction) => Assert.Equal(isFraction, IsFraction(code));

    [Fact]
    public void Fractions_of_a_millisecond_are_made_of_ticks() =>
        Assert.Empty(SourceTree.CSharp("src").Where(file => IsFraction(file.Code)).Select(file => file.Name));

    private static bool IsFraction(string code) => s_fraction.IsMatch(code) || s_counter.IsMatch(code);
}
