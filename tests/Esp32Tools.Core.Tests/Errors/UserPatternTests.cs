using System;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Errors;

public sealed class UserPatternTests
{
    // Each letter doubles the ways to match; all of them would take years.
    internal const string Endless = "^(a|aa|a+)+$";
    internal static readonly string Text = new string('a', 60) + "!";

    [Fact]
    public void Match_without_end_is_given_up_and_told()
    {
        Regex pattern = UserPattern.Limited(new Regex(Endless, RegexOptions.IgnoreCase));
        Assert.Equal((Endless, RegexOptions.IgnoreCase, UserPattern.Patience), (pattern.ToString(), pattern.Options, pattern.MatchTimeout));
        InputException? error = null;
        Limits.Within(TimeSpan.FromMinutes(1), () => error = Assert.Throws<InputException>(() => UserPattern.IsMatch(pattern, Text)));
        Assert.Equal(ErrorCode.PatternTimeout, error!.Code);
        Assert.Contains(Endless, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void Shorter_limit_stays()
    {
        var pattern = new Regex("a", RegexOptions.None, TimeSpan.FromMilliseconds(5));
        Assert.Same(pattern, UserPattern.Limited(pattern));
        Assert.True(UserPattern.IsMatch(UserPattern.Make("A", RegexOptions.IgnoreCase), "a"));
    }
}
