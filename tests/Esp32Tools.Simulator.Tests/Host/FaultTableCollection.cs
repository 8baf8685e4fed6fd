using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// The fault table keeps all processors busy; tests that talk to servers in real time run before it and not beside it.
/// </summary>
[CollectionDefinition(nameof(FaultTableCollection), DisableParallelization = true)]
public sealed class FaultTableCollection
{
}
