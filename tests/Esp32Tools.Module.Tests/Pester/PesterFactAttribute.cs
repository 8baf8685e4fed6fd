using Xunit;
using Xunit.Sdk;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>Makes a test case of each Pester file and PowerShell. Each Pester test in it is a result of its own.</summary>
[XunitTestCaseDiscoverer("Esp32Tools.Module.Tests.Pester.PesterDiscoverer", "Esp32Tools.Module.Tests")]
internal sealed class PesterFactAttribute : FactAttribute;
