using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>
/// The serial ports the kernel knows, from sysfs: <c>class/tty/&lt;name&gt;/device</c> leads to the hardware, and of its
/// parents the one that has an <c>idVendor</c> is the USB device (Linux Documentation/ABI/testing/sysfs-class-tty,
/// sysfs-bus-usb).
/// </summary>
internal sealed class LinuxPortList
{
    private readonly string _classFolder;
    private readonly string _deviceFolder;

    internal LinuxPortList(string sysfsRoot = "/sys", string deviceFolder = "/dev")
    {
        _classFolder = Path.Combine(sysfsRoot, "class", "tty");
        _deviceFolder = deviceFolder;
    }

    /// <summary>All ports that have hardware, in the order people count them (ttyUSB2 before ttyUSB10).</summary>
    internal IReadOnlyList<Esp32Port> List()
    {
        if (!Directory.Exists(_classFolder))
        {
            return [];
        }

        List<(Esp32Port Port, string Interface)> found = [];
        foreach (string folder in Directory.GetDirectories(_classFolder))
        {
            if (TryDescribe(Path.GetFileName(folder), out Esp32Port? port, out string usbInterface))
            {
                found.Add((port!, usbInterface));
            }
        }

        return [.. PortPlaces.TellApart(found)
            .OrderBy(port => port.PortName.TrimEnd(Digits), StringComparer.Ordinal)
            .ThenBy(port => port.PortName.Length)
            .ThenBy(port => port.PortName, StringComparer.Ordinal)];
    }

    /// <summary>The port behind a path, followed through links such as <c>/dev/serial/by-id/...</c>; null when unknown.</summary>
    internal Esp32Port? Find(string path)
    {
        string name = Path.GetFileName(Resolve(path) ?? path);
        return name.Length > 0 && TryDescribe(name, out Esp32Port? port, out _) ? port : null;
    }

    private static char[] Digits { get; } = [.. "0123456789"];

    private bool TryDescribe(string name, out Esp32Port? port, out string usbInterface)
    {
        port = null;
        usbInterface = string.Empty;
        string folder = Path.Combine(_classFolder, name);
        string? device = Resolve(Path.Combine(folder, "device"));

        // Consoles and pseudo-terminals have no device; a ttyS slot without a UART has type 0 (PORT_UNKNOWN).
        if (device is null || ReadText(folder, "type") == "0")
        {
            return false;
        }

        port = new Esp32Port { PortName = Path.Combine(_deviceFolder, name) };
        string below = string.Empty;
        for (string? parent = device; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(Path.Combine(parent, "idVendor")))
            {
                usbInterface = below;
                port = DescribeUsb(port, parent);
                break;
            }

            below = Path.GetFileName(parent);
        }

        return true;
    }

    private static Esp32Port DescribeUsb(Esp32Port port, string usbDevice)
    {
        int vendor = ReadHex(usbDevice, "idVendor");
        int product = ReadHex(usbDevice, "idProduct");
        string description = ReadText(usbDevice, "product");
        return port with
        {
            Kind = UsbPortKind.Of(vendor, product).ToString(),
            VendorId = vendor,
            ProductId = product,
            Description = description.Length > 0 ? description : ReadText(usbDevice, "manufacturer"),
            SerialNumber = ReadText(usbDevice, "serial"),
            LocationPath = Path.GetFileName(usbDevice),
        };
    }

    private static int ReadHex(string folder, string file) =>
        int.TryParse(ReadText(folder, file), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : 0;

    // A device that is unplugged during the listing takes its files with it.
    private static string ReadText(string folder, string file)
    {
        try
        {
            string path = Path.Combine(folder, file);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    // netstandard2.0 cannot follow a link, and sysfs consists of links.
    private static string? Resolve(string path)
    {
        const int longestPath = 4096; // PATH_MAX
        byte[] resolved = new byte[longestPath];
        return LibC.ResolvePath(path, resolved) == IntPtr.Zero
            ? null
            : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
    }
}
