using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

public sealed class TimeTests
{
    private static readonly Regex s_partOfMillisecond = new(@"TimeSpan\.(FromMilliseconds\([0-9_]*\.[0-9]|FromSeconds\([0-9_]*\.[0-9_]{4})");

    [Fact]
    public void Nothing_below_a_millisecond_is_left_to_a_method_that_rounds_on_NET_Framework() =>
        Assert.Empty(SourceTree.CSharp("src").Where(file => s_partOfMillisecond.IsMatch(file.Code)).Select(file => file.Name));
}
