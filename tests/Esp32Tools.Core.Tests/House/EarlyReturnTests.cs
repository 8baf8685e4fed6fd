using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>A test that returns before it has looked at anything cannot fail: its data are chosen beforehand instead.</summary>
public sealed class EarlyReturnTests
{
    private static readonly Regex s_test = new(@"^    \[(?:\w*Fact|\w*Theory)\b[^\n]*\]\n(?:    \[[^\n]*\n)*    public [^\n]*? (?<name>\w+)\([^{]*", RegexOptions.Multiline);

    // What looks at a result: xunit's own, and helpers of the tests that are named after what they see to.
    private static readonly Regex s_look = new(@"\bAssert\.|\b(?:Assert|Refuse[sd]?|Check|Compare|Expect)\w*\(");
    // Of the test itself: one in a loop or in a callback leaves the rest of the test.
    private static readonly Regex s_return = new("^ {12}return;", RegexOptions.Multiline);

    [Fact]
    public void Test_looks_at_something_before_it_returns()
    {
        (string Name, string Body)[] tests = [.. from file in SourceTree.CSharp("tests") from test in TestsIn(file.Code) select ($"{file.Name}: {test.Name}", test.Body)];
        Assert.True(tests.Length > 500, "The tests are not found any more.");
        Assert.Empty(from test in tests
                     where s_return.Match(test.Body) is { Success: true } first && !s_look.IsMatch(test.Body[..first.Index])
                     select test.Name);
    }

    [Theory]
    [InlineData("if (missing)\n        {\n            return;\n        }\n\n        Assert.True(found);", false)]
    [InlineData("Assert.True(found);\n        if (missing)\n        {\n            return;\n        }", true)]
    [InlineData("Assert.True(found);", true)]
    public void Return_without_a_look_is_seen(string body, bool isGood)
    {
        string code = $"    [{nameof(FactAttribute)[..4]}]\n    public void One()\n    {{\n        {body}\n    }}\n";
        (string _, string found) = Assert.Single(TestsIn(code));
        Assert.Equal(isGood, s_return.Match(found) is not { Success: true } first || s_look.IsMatch(found[..first.Index]));
    }

    // From the name of a test to the brace that closes it, at the indentation of a member.
    private static IEnumerable<(string Name, string Body)> TestsIn(string code) =>
        from match in s_test.Matches(code)
        let start = match.Index + match.Length
        let end = code.IndexOf("\n    }", start, System.StringComparison.Ordinal)
        select (match.Groups["name"].Value, code[start..(end < 0 ? code.Length : end)]);
}
