using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Link.Transport.Network;

/// <summary>
/// A port name of the form <c>scheme://host:port[?option[=value]&amp;...]</c>, as pyserial writes it; an IPv6 address
/// stands in brackets.
/// </summary>
internal sealed class NetworkPortName
{
    private NetworkPortName(string text, string host, int port, IReadOnlyDictionary<string, string> options)
    {
        Text = text;
        Host = host;
        Port = port;
        Options = options;
    }

    /// <summary>The whole name as given.</summary>
    internal string Text { get; }

    /// <summary>Host name or address, without brackets.</summary>
    internal string Host { get; }

    internal int Port { get; }

    /// <summary>Options by name; the value of one without <c>=</c> is empty.</summary>
    internal IReadOnlyDictionary<string, string> Options { get; }

    internal static bool HasScheme(string portName, string scheme) =>
        portName.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="Errors.TransportException"><see cref="Errors.ErrorCode.PortNameInvalid"/>.</exception>
    internal static NetworkPortName Parse(string portName, string scheme, params string[] knownOptions)
    {
        string advice = $"Write it as {scheme}://host:port, and an IPv6 address in brackets: {scheme}://[::1]:4000.";
        if (!Uri.TryCreate(portName, UriKind.Absolute, out Uri? address) || address.DnsSafeHost.Length == 0
            || address.UserInfo.Length > 0 || address.AbsolutePath.Trim('/').Length > 0)
        {
            throw TransportErrors.NameInvalid(portName, "it has no host and port", advice);
        }

        if (address.Port is < 1 or > 65535)
        {
            throw TransportErrors.NameInvalid(portName, "the port number is missing", advice);
        }

        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string item in address.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = item.Split(['='], 2);
            if (!knownOptions.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            {
                throw TransportErrors.NameInvalid(
                    portName, $"the option '{parts[0]}' is not known", $"The options are: {string.Join(", ", knownOptions)}.");
            }

            options[parts[0]] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty;
        }

        return new NetworkPortName(portName, address.DnsSafeHost, address.Port, options);
    }
}
