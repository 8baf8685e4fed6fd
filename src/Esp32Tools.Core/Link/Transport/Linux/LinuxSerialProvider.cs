using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>Serial ports of Linux, named by their absolute path: <c>/dev/ttyUSB0</c>, <c>/dev/serial/by-id/...</c>.</summary>
internal sealed class LinuxSerialProvider : ITransportProvider
{
    private readonly LinuxPortList _ports = new();

    private static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public bool Handles(string portName) => IsLinux && portName.StartsWith("/", StringComparison.Ordinal);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken) =>
        new LinuxSerialTransport(
            portName, TransportTraits.Of(_ports.Find(portName)) with { SetsLinesTogether = true }, cancellationToken);

    public IEnumerable<Esp32Port> ListPorts() => IsLinux ? _ports.List() : [];
}
