using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>A file may be large and its disk slow: Ctrl-C ends the read, in every cmdlet.</summary>
public sealed class CancelledReadsTests
{
    // A call whose arguments end without a token; the arguments may hold calls themselves.
    private static readonly Regex s_call = new(@"\bInputFile\.Read\((?<arguments>(?>[^()]+|(?<open>\()|(?<-open>\)))*(?(open)(?!)))\)");
    private static readonly Regex s_otherWay = new(@"\bFile\.(?:ReadAll|ReadLines|Open)");
    private static readonly Regex s_token = new(@"(?:[sS]topToken|cancellationToken)\s*$");

    [Theory]
    [InlineData("InputFile.Read(path)", false)]
    [InlineData("InputFile.Read(Paths.Resolve(Path), StopToken)", true)]
    [InlineData("InputFile.Read(a ? b : c, paths.StopToken)", true)]
    [InlineData("InputFile.Read(Token(StopToken), 3)", false)]
    public void Call_without_a_token_is_seen(string code, bool isCancelled) => Assert.Equal(isCancelled, IsCancelled(code));

    [Fact]
    public void Cmdlets_read_files_so_that_they_can_be_stopped() =>
        Assert.Empty(SourceTree.CSharp("src", "Esp32Tools.PowerShell").Where(file => !IsCancelled(file.Code)).Select(file => file.Name));

    [Fact]
    public void Files_of_users_are_read_in_one_way() =>
        Assert.Empty(SourceTree.CSharp("src", "Esp32Tools.PowerShell").Concat(SourceTree.CSharp("src", "Esp32Tools.Core", "Formats"))
            .Where(file => s_otherWay.IsMatch(file.Code)).Select(file => file.Name));

    private static bool IsCancelled(string code) => s_call.Matches(code).Cast<Match>().All(call => s_token.IsMatch(call.Groups["arguments"].Value));
}
