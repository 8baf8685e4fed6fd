using System.Collections.Generic;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>A device as the Windows device manager knows it. Empty strings mean unknown.</summary>
internal sealed record WindowsDevice
{
    /// <summary>Its instance id, such as <c>USB\VID_10C4&amp;PID_EA60\0001</c>.</summary>
    internal required string InstanceId { get; init; }

    /// <summary>Its location paths, such as <c>PCIROOT(0)#PCI(1400)#USBROOT(0)#USB(4)#USB(2)</c>.</summary>
    internal IReadOnlyList<string> LocationPaths { get; init; } = [];

    /// <summary>The device's own name (the USB product text).</summary>
    internal string BusDescription { get; init; } = string.Empty;

    /// <summary>The name from the driver, followed by the port in brackets.</summary>
    internal string FriendlyName { get; init; } = string.Empty;

    /// <summary>Name of its serial port, such as <c>COM5</c>.</summary>
    internal string PortName { get; init; } = string.Empty;

    /// <summary>The device that it is plugged in to, or part of.</summary>
    internal WindowsDevice? Parent { get; init; }
}
