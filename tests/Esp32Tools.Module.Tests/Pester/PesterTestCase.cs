using System;
using System.ComponentModel;
using System.Threading;
using System.Threading.Tasks;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>One Pester file in one PowerShell.</summary>
public sealed class PesterTestCase : XunitTestCase
{
    /// <summary>For xunit, which then reads the values.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For xunit alone.")]
    public PesterTestCase()
    {
    }

    internal PesterTestCase(IMessageSink diagnostics, ITestMethod method, string file, string engine)
        : base(diagnostics, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method, [file, engine])
    {
    }

    internal string File => (string)TestMethodArguments[0];

    internal string Engine => (string)TestMethodArguments[1];

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new PesterTestCaseRunner(this, messageBus, constructorArguments, aggregator, cancellationTokenSource).RunAsync();
}
