using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.FactoryData;

/// <summary>
/// All that is wrong with a table: <see cref="ErrorCode.FactoryDataInvalid"/>, or <see cref="ErrorCode.FileExists"/> when that alone
/// is in the way.
/// </summary>
public sealed class FactoryDataException : Esp32Exception
{
    // What a screen shows at once; the list has them all.
    private const int Shown = 10;

    /// <summary>A failure with its list.</summary>
    /// <param name="problems">What is wrong: at least one thing.</param>
    /// <param name="count">How many there are, listed or not.</param>
    public FactoryDataException(IReadOnlyList<FactoryProblem> problems, int count)
        : base(CodeOf(problems), Describe(problems, count), AdviceOf(problems))
    {
        Problems = [.. problems];
        Count = count;
    }

    /// <summary>What is wrong, in the order of the rows.</summary>
    public FactoryProblem[] Problems { get; }

    /// <summary>How many there are; more than <see cref="Problems"/> has when there are very many.</summary>
    public int Count { get; }

    private static ErrorCode CodeOf(IReadOnlyList<FactoryProblem> problems) =>
        problems.All(problem => problem.Rule == FactoryRule.Exists) ? ErrorCode.FileExists : ErrorCode.FactoryDataInvalid;

    private static string AdviceOf(IReadOnlyList<FactoryProblem> problems) => string.Join(" ", problems.Select(problem => problem.Advice).Distinct().Take(3));

    private static string Describe(IReadOnlyList<FactoryProblem> problems, int count)
    {
        if (count == 1)
        {
            return $"{problems[0]} Nothing was written.";
        }

        var text = new StringBuilder($"{count} things are wrong, and nothing was written:");
        foreach (FactoryProblem problem in problems.Take(Shown))
        {
            text.Append(Environment.NewLine).Append("  ").Append(problem);
        }

        return (count > Shown ? text.Append(Environment.NewLine).Append($"  and {count - Shown} more.") : text).ToString();
    }
}
