using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Tests that measure the memory of the process, and so run with no other beside them.</summary>
[CollectionDefinition(nameof(HostilePeerCollection), DisableParallelization = true)]
public sealed class HostilePeerCollection;
