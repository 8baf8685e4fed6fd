using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>
/// Turns a location path of Windows, <c>PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USB(2)</c>, into the short form of Linux,
/// <c>1-4.2</c>. Windows does not number its buses, so the root hubs are counted in the order of their paths. With one
/// controller the result is the same as pyserial's.
/// </summary>
internal sealed class WindowsLocation
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex s_path = new(@"^(?<root>.*#USBROOT\((?<index>[0-9A-F]+)\))(?<ports>(#USB\([0-9]+\))*)", Options);
    private static readonly Regex s_port = new(@"#USB\((?<number>[0-9]+)\)", Options);

    private readonly string[] _roots;

    /// <summary>Numbers the buses of this machine.</summary>
    /// <param name="rootHubPaths">The location paths of the root hubs.</param>
    internal WindowsLocation(IEnumerable<string> rootHubPaths) => _roots = [.. rootHubPaths
        .Select(path => s_path.Match(path))
        .Where(match => match.Success)
        .Select(match => match.Groups["root"].Value.ToUpperInvariant())
        .Distinct()
        .OrderBy(root => root, StringComparer.Ordinal)];

    /// <summary>The short form of the first path that leads to a socket; empty when none does.</summary>
    internal string Shorten(IEnumerable<string> locationPaths) =>
        locationPaths.Select(Shorten).FirstOrDefault(place => place.Length > 0) ?? string.Empty;

    private string Shorten(string locationPath)
    {
        Match match = s_path.Match(locationPath);
        string[] ports = [.. s_port.Matches(match.Groups["ports"].Value).Cast<Match>().Select(port => port.Groups["number"].Value)];
        return match.Success && ports.Length > 0 ? $"{BusOf(match)}-{string.Join(".", ports)}" : string.Empty;
    }

    private int BusOf(Match match)
    {
        int index = Array.IndexOf(_roots, match.Groups["root"].Value.ToUpperInvariant());
        return 1 + (index >= 0 ? index : int.Parse(match.Groups["index"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
