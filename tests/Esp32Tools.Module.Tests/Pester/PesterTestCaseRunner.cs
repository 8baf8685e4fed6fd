using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>Tells xunit of each Pester test of a file as of a test of its own.</summary>
internal sealed class PesterTestCaseRunner(
    PesterTestCase testCase,
    IMessageBus messageBus,
    object[] constructorArguments,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestCaseRunner(testCase, testCase.DisplayName, "", constructorArguments, testCase.TestMethodArguments, messageBus, aggregator, cancellationTokenSource)
{
    protected override async Task<RunSummary> RunTestAsync()
    {
        RunSummary summary = new();
        foreach (PesterTestResult result in await Results())
        {
            summary.Aggregate(Report(result));
        }

        return summary;
    }

    private async Task<IReadOnlyList<PesterTestResult>> Results()
    {
        try
        {
            return (await PesterSuite.In(testCase.Engine).ResultOf(testCase.File)).Tests;
        }
        catch (Exception error)
        {
            return [new PesterTestResult("the file itself", "Failed", 0, error.Message, "")];
        }
    }

    private RunSummary Report(PesterTestResult result)
    {
        bool isSkipped = result.Outcome == "Skipped";
        decimal seconds = (decimal)result.Seconds;

        // What a test run prints about a skipped test is its name alone.
        string engine = testCase.Engine.Length == 0 ? "" : $" ({testCase.Engine})";
        ITest test = new XunitTest(testCase, $"{testCase.File}{engine}: {result.Name}{(isSkipped ? $" ({result.Message})" : "")}");
        MessageBus.QueueMessage(new TestStarting(test));
        MessageBus.QueueMessage(result.Outcome switch
        {
            "Passed" => new TestPassed(test, seconds, ""),
            "Skipped" => new TestSkipped(test, result.Message),
            _ => new TestFailed(test, seconds, "", ["Pester"], [result.Message], [result.At], [-1]),
        });
        MessageBus.QueueMessage(new TestFinished(test, seconds, ""));
        return new RunSummary
        {
            Total = 1,
            Skipped = isSkipped ? 1 : 0,
            Failed = result.Outcome is "Passed" or "Skipped" ? 0 : 1,
            Time = seconds,
        };
    }
}
