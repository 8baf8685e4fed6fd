using Esp32Tools.Devices;
using Esp32Tools.Tests.Shared.Loader;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Tells, where a build has no stubs, that half of this suite was left out for that.</summary>
public sealed class HostMatrixTests
{
    [StubTheory]
    [MemberData(nameof(HostMatrix.ChipsWithStub), MemberType = typeof(HostMatrix))]
    public void Host_suite_runs_through_the_stub_as_well(string chip) =>
        Assert.Contains(HostMatrix.All, row => chip.Equals(row[0]) && row[1] is LoaderKind.Stub);
}
