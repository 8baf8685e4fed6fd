using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Esp32Tools.Transport.Linux;

/// <summary>Serial ports of Linux, named by their absolute path: <c>/dev/ttyUSB0</c>, <c>/dev/serial/by-id/...</c>.</summary>
internal sealed class LinuxSerialProvider : ITransportProvider
{
    private readonly LinuxPortList _ports = new();

    private static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public bool Handles(string portName) => IsLinux && portName.StartsWith("/", StringComparison.Ordinal);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken)
    {
        Esp32Port? known = _ports.Find(portName);
        var traits = new TransportTraits
        {
            SetsLinesTogether = true,
            HasBaudRate = known?.Kind is not (PortKind.UsbSerialJtag or PortKind.UsbOtg),
            VendorId = known?.VendorId ?? 0,
            ProductId = known?.ProductId ?? 0,
        };
        return new LinuxSerialTransport(portName, traits, cancellationToken);
    }

    public IEnumerable<Esp32Port> ListPorts() => IsLinux ? _ports.List() : [];
}
