using System;
using System.Linq;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Errors;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, 'quoted' and \u00FC\u4E2D", "plain, 'quoted' and \u00FC\u4E2D")]
    [InlineData("\u001B[2J\u001B]0;owned\u0007", @"\x1B[2J\x1B]0;owned\x07")]
    [InlineData("\u009B31m\u007F\u0000", @"\x9B31m\x7F\x00")]
    [InlineData("nib\u202Egpj.exe", @"nib\u202Egpj.exe")]
    [InlineData("a\u200Bb\uFEFFc\u00ADd\u2028e", @"a\u200Bb\uFEFFc\xADd\u2028e")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    public void Text_that_is_not_visible_is_shown_as_escapes(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_of_a_pair_is_not_visible() =>
        Assert.Equal("\uD83D\uDE00 \\uD83D \\uDE00", VisibleText.Of("\uD83D\uDE00 \uD83D \uDE00"));

    [Fact]
    public void Other_objects_stay_what_they_are()
    {
        Assert.Equal(7, VisibleText.Of(7));
        Assert.Null(VisibleText.Of(null));
    }

    [Fact]
    public void Message_keeps_its_lines()
    {
        Assert.Equal("a\r\nb\nc\\rd\\x1B", VisibleText.Message("a\r\nb\nc\rd\u001B"));
        string plan = string.Join("\n", Enumerable.Range(0, 100).Select(i => $"  step {i}"));
        Assert.Equal(plan, VisibleText.Message(plan));
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(2_000)]
    public void Cell_of_any_length_is_shortened_and_the_sentence_around_it_stays(int length)
    {
        string message = VisibleText.Message($"Row 3: '{new string('x', length)}' is no number, and '{new string('\'', length)}' neither.");
        Assert.InRange(message.Length, 100, 3000);
        Assert.StartsWith("Row 3: 'xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("' neither.", message, StringComparison.Ordinal);
        Assert.Equal("'" + new string('p', 250) + "'", VisibleText.Message("'" + new string('p', 250) + "'"));
    }

    [Fact]
    public void Every_failure_says_so_in_visible_text()
    {
        InputException error = new(ErrorCode.FileNotFound, "There is no file 'a\u001B[8m'.", "Not \u202E.") { Target = "a\u001B[8m" };
        Assert.Equal((@"There is no file 'a\x1B[8m'.", @"Not \u202E.", "a\u001B[8m"), (error.Message, error.Advice, error.Target));
    }
}
