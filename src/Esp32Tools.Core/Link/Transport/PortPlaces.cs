using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// The place of a port on the hub, written as Linux writes it on every system: <c>1-4.2</c> is the second port of the hub
/// at the fourth port of bus 1, <c>1-4.2:1.0</c> interface 0 of the device that is plugged in there.
/// </summary>
internal static class PortPlaces
{
    internal static string OfInterface(string place, int usbInterface) => $"{place}:1.{usbInterface}";

    /// <summary>
    /// One adapter with several ports (FT4232H): its place alone is the same for all, so the interface is added.
    /// </summary>
    /// <param name="found">The ports, each with its place down to the interface.</param>
    internal static IEnumerable<Esp32Port> TellApart(IReadOnlyCollection<(Esp32Port Port, string Interface)> found)
    {
        HashSet<string> shared = [.. found
            .Where(item => item.Port.LocationPath.Length > 0)
            .GroupBy(item => item.Port.LocationPath)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)];
        return found.Select(item =>
            shared.Contains(item.Port.LocationPath) ? item.Port with { LocationPath = item.Interface } : item.Port);
    }
}
