using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>Combines the information of the Windows device manager about serial ports.</summary>
internal sealed class WindowsPortList
{
    private readonly IReadOnlyList<WindowsDevice> _devices;
    private readonly WindowsLocation _location;

    /// <summary>Takes the devices that were read from the device manager.</summary>
    /// <param name="devices">The devices with a serial port that are plugged in now.</param>
    /// <param name="rootHubs">The USB root hubs.</param>
    internal WindowsPortList(IReadOnlyList<WindowsDevice> devices, IReadOnlyList<WindowsDevice> rootHubs)
    {
        _devices = devices;
        _location = new WindowsLocation(rootHubs.SelectMany(hub => hub.LocationPaths.Take(1)));
    }

    /// <summary>The ports that exist now, as this machine knows them.</summary>
    internal static WindowsPortList Read() => new(WindowsDeviceTree.SerialPorts(), WindowsDeviceTree.RootHubs());

    /// <summary>Describes the ports, COM2 before COM10. A name that the device manager does not know has no details.</summary>
    /// <param name="names">The names that the system has for its serial ports; may contain duplicates.</param>
    internal IReadOnlyList<Esp32Port> Describe(IEnumerable<string> names)
    {
        (Esp32Port Port, string Interface)[] found = [.. names
            .Concat(_devices.Select(device => device.PortName))
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(Describe)];
        return [.. PortPlaces.TellApart(found)
            .OrderBy(port => port.PortName.Length)
            .ThenBy(port => port.PortName, StringComparer.Ordinal)];
    }

    /// <summary>Describes one port; <c>\\.\COM5</c> is COM5.</summary>
    internal Esp32Port Find(string portName) =>
        Describe(portName.StartsWith(@"\\.\", StringComparison.Ordinal) ? portName.Substring(4) : portName).Port;

    private (Esp32Port Port, string Interface) Describe(string name)
    {
        var port = new Esp32Port { PortName = name };
        WindowsDevice? device = _devices.FirstOrDefault(
            candidate => string.Equals(candidate.PortName, name, StringComparison.OrdinalIgnoreCase));
        return device is null ? (port, string.Empty) : Describe(port with { Description = Named(device) }, device);
    }

    // The serial port is a device of its own or part of one. The plugged-in device is the first whole USB device on the way up.
    private (Esp32Port Port, string Interface) Describe(Esp32Port port, WindowsDevice device)
    {
        int usbInterface = 0;
        for (WindowsDevice? parent = device; parent is not null; parent = parent.Parent)
        {
            DeviceInstanceId? id = DeviceInstanceId.TryParse(parent.InstanceId);
            usbInterface = id?.Interface ?? usbInterface;
            if (id is { Interface: null } usb)
            {
                string place = _location.Shorten(parent.LocationPaths);
                port = port with
                {
                    Kind = UsbPortKind.Of(usb.VendorId, usb.ProductId).ToString(),
                    VendorId = usb.VendorId,
                    ProductId = usb.ProductId,
                    Description = parent.BusDescription.Length > 0 ? parent.BusDescription : port.Description,
                    SerialNumber = usb.SerialNumber,
                    LocationPath = place,
                };
                return (port, place.Length > 0 ? PortPlaces.OfInterface(place, usbInterface) : string.Empty);
            }
        }

        return (port, string.Empty);
    }

    // "Silicon Labs CP210x USB to UART Bridge (COM5)": the name of the port is known already.
    private static string Named(WindowsDevice device)
    {
        string text = device.FriendlyName.Length > 0 ? device.FriendlyName : device.BusDescription;
        int bracket = text.LastIndexOf($" ({device.PortName})", StringComparison.OrdinalIgnoreCase);
        return bracket > 0 ? text.Substring(0, bracket) : text;
    }
}
