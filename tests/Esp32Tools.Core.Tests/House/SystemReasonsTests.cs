using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Esp32Tools.Core.Tests.House;

/// <summary>A failure of the system that becomes one of ours takes the system's own reason along.</summary>
public sealed class SystemReasonsTests
{
    private static readonly Regex s_catch = new(@"\bcatch\s*\((?<type>[\w.]+)(?:\s+(?<name>\w+))?\)(?<when>\s*when\s*\([^{]*\))?\s*\{");
    private static readonly Regex s_ofSystem = new(@"\b(?:IO|UnauthorizedAccess|Socket|Win32|NotSupported|InvalidOperation|DllNotFound|ObjectDisposed)Exception\b|\bIsSystemFailure\b|\bIsOfFiles\b");
    private static readonly Regex s_throw = new(@"\bthrow\s+(?<what>[^;]+);");

    [Theory]
    [InlineData("catch (IOException) { throw new X(); }", true)]
    [InlineData("catch (IOException error) { throw new X(); }", true)]
    [InlineData("catch (Exception error) when (error is IOException or FormatException) { if (a) { } throw new X(\"\") { Target = b }; }", true)]
    [InlineData("catch (IOException error) { throw new X(error); }", false)]
    [InlineData("catch (IOException) { Undo(); throw; }", false)]
    [InlineData("catch (SocketException) { }", false)]
    [InlineData("catch (FormatException) { throw new X(); }", false)]
    public void Reason_that_is_dropped_is_seen(string code, bool isSeen) => Assert.Equal(isSeen, Dropped(code).Any());

    [Fact]
    public void No_failure_drops_the_reason_of_the_system() =>
        Assert.Empty(SourceTree.CSharp("src").SelectMany(file => Dropped(file.Code).Select(dropped => $"{file.Name}: {dropped}")));

    private static IEnumerable<string> Dropped(string code) =>
        from clause in s_catch.Matches(code).Cast<Match>()
        where s_ofSystem.IsMatch(clause.Groups["type"].Value + clause.Groups["when"].Value)
        let name = clause.Groups["name"].Value
        from thrown in s_throw.Matches(Block(code, clause.Index + clause.Length)).Cast<Match>()
        where name.Length == 0 || !Regex.IsMatch(thrown.Groups["what"].Value, $@"\b{name}\b")
        select thrown.Value;

    /// <summary>The text from behind an opening brace to the closing one.</summary>
    private static string Block(string code, int start)
    {
        int depth = 1;
        int end = start;
        while (end < code.Length && depth > 0)
        {
            depth += code[end] switch { '{' => 1, '}' => -1, _ => 0 };
            end++;
        }

        return code.Substring(start, Math.Max(0, end - start));
    }
}
