using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>A pattern of a user may backtrack for ever: one class makes them, with a time limit. Patterns of the code are constants.</summary>
public sealed class UserPatternsTests
{
    private const string Factory = "src/Esp32Tools.Core/Errors/UserPattern.cs";

    // SourceFile.Code has "" in the place of each constant text.
    private static readonly Regex s_made = new(@"\bnew Regex\((?!\s*(?:\$?@?)""""\s*[,)])|\bRegex\??\s+\w+\s*(?:=>|=)\s*new\((?!\s*(?:\$?@?)""""\s*[,)])");
    private static readonly Regex s_static = new(@"\bRegex\.(?:IsMatch|Matches|Match|Replace|Split|Count|EnumerateMatches)\((?![^;]*?,\s*@?"""")");

    [Theory]
    [InlineData("new Regex(text, RegexOptions.None)", true)]
    [InlineData("Regex made = new(text);", true)]
    [InlineData("static Regex Make(string a) => new(a, b)", false)]
    [InlineData("Regex.IsMatch(line, pattern)", true)]
    [InlineData("Regex.Replace(text, \"\", \"\")", false)]
    [InlineData("private static readonly Regex s_form = new(\"\", RegexOptions.CultureInvariant);", false)]
    [InlineData("new Regex(@\"\")", false)]
    public void Pattern_that_is_no_constant_is_seen(string code, bool isSeen) => Assert.Equal(isSeen, IsOfUser(code));

    [Fact]
    public void Patterns_of_users_are_made_in_one_place() =>
        Assert.Empty(SourceTree.CSharp("src").Where(file => file.Name != Factory && IsOfUser(file.Code)).Select(file => file.Name));

    private static bool IsOfUser(string code) => s_made.IsMatch(code) || s_static.IsMatch(code);
}
