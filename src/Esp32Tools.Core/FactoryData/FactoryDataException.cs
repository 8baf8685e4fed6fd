using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.FactoryData;

/// <summary>
/// All problems of a table: <see cref="ErrorCode.FactoryDataInvalid"/>, or <see cref="ErrorCode.FileExists"/> when existing
/// files are the only problem.
/// </summary>
public sealed class FactoryDataException : Esp32Exception
{
    // As many as fit a screen; the list has them all.
    private const int Shown = 10;

    /// <summary>An exception with its problems.</summary>
    /// <param name="problems">The problems: at least one.</param>
    /// <param name="count">Number of all problems, listed or not.</param>
    public FactoryDataException(IReadOnlyList<FactoryProblem> problems, int count)
        : base(CodeOf(problems), Describe(problems, count), AdviceOf(problems))
    {
        Problems = [.. problems];
        Count = count;
    }

    /// <summary>The problems, in the order of the rows.</summary>
    public FactoryProblem[] Problems { get; }

    /// <summary>Number of all problems; higher than that of <see cref="Problems"/> when there are very many.</summary>
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
