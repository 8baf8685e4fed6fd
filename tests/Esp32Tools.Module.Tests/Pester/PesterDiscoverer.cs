using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Module.Tests.Engine;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>Finds the test cases of <see cref="PesterFactAttribute"/>.</summary>
public sealed class PesterDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        from engine in PowerShellEngine.All
        from file in PesterSuite.Files
        select new PesterTestCase(diagnostics, testMethod, file, engine.Name);
}
