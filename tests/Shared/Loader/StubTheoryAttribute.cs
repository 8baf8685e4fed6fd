using System.Runtime.CompilerServices;
using Esp32Tools.Link.Loader;
using Xunit;

namespace Esp32Tools.Tests.Shared.Loader;

/// <summary>A theory that needs the flasher stubs, which a build without npm does not have.</summary>
internal sealed class StubTheoryAttribute : TheoryAttribute
{
    public StubTheoryAttribute([CallerMemberName] string test = "")
    {
        if (!StubStore.Contains("esp32"))
        {
            Skip = "This build has no flasher stubs: they could not be had from npm.";

            // What a test run prints about a skipped test is its name alone.
            DisplayName = $"{test}: {Skip}";
        }
    }
}
