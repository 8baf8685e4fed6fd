using System.Collections.Generic;
using Esp32Tools.Link.Loader;

namespace Esp32Tools.Devices.Memory;

/// <summary>The RAM that the running stub occupies.</summary>
internal static class StubRanges
{
    /// <summary>The ranges, first address and the one behind the last; none while the ROM runs.</summary>
    public static IReadOnlyList<(uint Start, uint End)> Of(Esp32Device device) =>
        device.IsStub && StubOf(device) is StubImage stub ? stub.Ram : [];

    // A stub that was running before the session is assumed to be the usual one.
    private static StubImage? StubOf(Esp32Device device) =>
        device.GetLoader().Stub ?? (device.GetChip().Loader.StubName is string name && StubStore.Contains(name) ? StubStore.Get(name) : null);
}
