using System.Collections.Generic;
using System.Linq;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>
/// Leaves the order as it is. xunit asks once, before the first test, with the tests that were chosen: so a filter keeps
/// the other files from being run at all.
/// </summary>
public sealed class PesterOrder : ITestCaseOrderer
{
    /// <inheritdoc/>
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase
    {
        TTestCase[] chosen = [.. testCases];
        foreach (IGrouping<string, PesterTestCase> run in chosen.OfType<PesterTestCase>().GroupBy(test => test.Engine))
        {
            PesterSuite.In(run.Key).Choose([.. run.Select(test => test.File)]);
        }

        return chosen;
    }
}
