using Esp32Tools.Loader;
using Xunit;

namespace Esp32Tools.Core.Tests.Loader;

/// <summary>A theory that needs the flasher stubs, which a build without npm does not have.</summary>
internal sealed class StubTheoryAttribute : TheoryAttribute
{
    public StubTheoryAttribute()
    {
        if (!StubStore.Contains("esp32"))
        {
            Skip = "This build has no flasher stubs: npm was not there.";
        }
    }
}
