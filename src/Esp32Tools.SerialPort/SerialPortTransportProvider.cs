using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Link.Transport.Windows;
using SystemPort = System.IO.Ports.SerialPort;

namespace Esp32Tools.SerialPort;

/// <summary>
/// Serial ports of Windows (<c>COM5</c>) and macOS (<c>/dev/cu.usbserial-10</c>), by the System.IO.Ports that comes with
/// the host: System.dll in Windows PowerShell 5.1, System.IO.Ports.dll in PowerShell 7.
/// </summary>
public sealed class SerialPortTransportProvider : ITransportProvider
{
    private static readonly Regex s_windowsName = new(@"^(\\\\\.\\.+|COM[0-9]+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    internal static bool IsWindows { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static bool IsMac { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    /// <summary>Adds these ports to <see cref="TransportCatalog"/>. On Linux they stay with Core's own transport.</summary>
    public static void Register() => TransportCatalog.Register(new SerialPortTransportProvider());

    /// <inheritdoc/>
    public bool Handles(string portName) =>
        (IsWindows && s_windowsName.IsMatch(portName)) || (IsMac && portName.StartsWith("/", StringComparison.Ordinal));

    /// <inheritdoc/>
    /// <remarks>Opens any name the host's System.IO.Ports takes, also on Linux.</remarks>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    public ISerialTransport Open(string portName, CancellationToken cancellationToken) =>
        new SerialPortTransport(
            portName, TransportTraits.Of(IsWindows ? WindowsPortList.Read().Find(portName) : null), cancellationToken);

    /// <inheritdoc/>
    public IEnumerable<Esp32Port> ListPorts() =>
        IsWindows ? WindowsPortList.Read().Describe(GetPortNames())
        : IsMac ? GetPortNames().Where(IsCallOut).Select(name => new Esp32Port { PortName = name })
        : [];

    // macOS lists each port twice; opening the dial-in one, /dev/tty.*, waits for a carrier.
    private static bool IsCallOut(string name) => name.StartsWith("/dev/cu.", StringComparison.Ordinal);

    /// <summary>COM2 before COM10. Windows may name a port more than once.</summary>
    internal static string[] GetPortNames() => [.. SystemPort.GetPortNames()
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(name => name.Length)
        .ThenBy(name => name, StringComparer.Ordinal)];
}
