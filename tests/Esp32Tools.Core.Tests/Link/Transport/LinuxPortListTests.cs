using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Link.Transport;
using Esp32Tools.Link.Transport.Linux;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Listing over a made-up sysfs.</summary>
public sealed class LinuxPortListTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esp32tools-sysfs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [LinuxFact]
    public void A_bridge_is_described_by_its_usb_device()
    {
        AddUsbDevice("1-4.2", 0x10C4, 0xEA60, product: "CP2102N USB to UART Bridge Controller", serial: "9cf3");
        AddUsbPort("ttyUSB0", "1-4.2", "1-4.2:1.0");

        Assert.Equal(
            new Esp32Port
            {
                PortName = "/dev/ttyUSB0",
                Kind = nameof(PortKind.Bridge),
                Description = "CP2102N USB to UART Bridge Controller",
                VendorId = 0x10C4,
                ProductId = 0xEA60,
                SerialNumber = "9cf3",
                LocationPath = "1-4.2",
            },
            Assert.Single(List()));
    }

    [LinuxFact]
    public void The_kind_follows_from_the_usb_ids()
    {
        (int Vendor, int Product, PortKind Kind)[] cases =
        [
            (0x303A, 0x1001, PortKind.UsbSerialJtag), (0x303A, 0x0002, PortKind.UsbOtg), (0x1A86, 0x55D4, PortKind.Bridge),
            (0x0403, 0x6001, PortKind.Bridge), (0x067B, 0x2303, PortKind.Bridge), (0x2341, 0x0043, PortKind.Serial),
        ];
        for (int index = 0; index < cases.Length; index++)
        {
            AddUsbDevice($"1-{index + 1}", cases[index].Vendor, cases[index].Product, "", "");
            AddUsbPort($"ttyACM{index}", $"1-{index + 1}", $"1-{index + 1}:1.0");
        }

        Assert.Equal(cases.Select(item => item.Kind.ToString()), List().Select(port => port.Kind));
    }

    [LinuxFact]
    public void Names_without_hardware_are_left_out()
    {
        Directory.CreateDirectory(Path.Combine(_root, "class/tty/tty1"));
        AddPlatformPort("ttyS0", uartType: "4");
        AddPlatformPort("ttyS1", uartType: "0");
        AddPlatformPort("ttyAMA0", uartType: null);
        Assert.Equal(["/dev/ttyAMA0", "/dev/ttyS0"], List().Select(port => port.PortName));
        Assert.All(List(), port => Assert.Equal(nameof(PortKind.Serial), port.Kind));
    }

    [LinuxFact]
    public void Ports_are_listed_in_the_order_people_count()
    {
        AddUsbDevice("1-1", 0x10C4, 0xEA60, "", "");
        foreach (int number in (int[])[10, 9, 2])
        {
            AddUsbPort($"ttyUSB{number}", "1-1", $"1-1:1.{number}");
        }

        Assert.Equal(["/dev/ttyUSB2", "/dev/ttyUSB9", "/dev/ttyUSB10"], List().Select(port => port.PortName));
    }

    [LinuxFact]
    public void Several_ports_of_one_adapter_are_told_apart_by_their_interface()
    {
        AddUsbDevice("2-1", 0x0403, 0x6011, "FT4232H", "");
        AddUsbPort("ttyUSB0", "2-1", "2-1:1.0");
        AddUsbPort("ttyUSB1", "2-1", "2-1:1.1");
        Assert.Equal(["2-1:1.0", "2-1:1.1"], List().Select(port => port.LocationPath));
    }

    [LinuxFact]
    public void A_missing_sysfs_lists_nothing() =>
        Assert.Empty(new LinuxPortList(Path.Combine(_root, "nowhere")).List());

    [LinuxFact]
    public void A_port_is_found_by_name_and_through_links()
    {
        AddUsbDevice("1-3", 0x303A, 0x1001, "USB JTAG/serial debug unit", "");
        AddUsbPort("ttyACM0", "1-3", "1-3:1.0");
        string device = Path.Combine(_root, "ttyACM0");
        File.WriteAllText(device, "");
        string link = Path.Combine(_root, "usb-Espressif-if00");
        File.CreateSymbolicLink(link, device);

        Assert.Equal(0x1001, new LinuxPortList(_root).Find("/dev/ttyACM0")?.ProductId);
        Assert.Equal(0x1001, new LinuxPortList(_root).Find(link)?.ProductId);
        Assert.Null(new LinuxPortList(_root).Find("/dev/pts/0"));
    }

    [LinuxFact]
    public void Listing_this_machine_works() =>
        Assert.All(TransportCatalog.ListPorts(), port => Assert.NotEmpty(port.PortName));

    private IReadOnlyList<Esp32Port> List() => new LinuxPortList(_root).List();

    private void AddUsbDevice(string location, int vendor, int productId, string product, string serial)
    {
        string folder = Directory.CreateDirectory(UsbFolder(location)).FullName;
        File.WriteAllText(Path.Combine(folder, "idVendor"), $"{vendor:x4}\n");
        File.WriteAllText(Path.Combine(folder, "idProduct"), $"{productId:x4}\n");
        File.WriteAllText(Path.Combine(folder, "product"), product + "\n");
        File.WriteAllText(Path.Combine(folder, "serial"), serial + "\n");
    }

    private void AddUsbPort(string name, string location, string usbInterface)
    {
        string device = Path.Combine(UsbFolder(location), usbInterface, name);
        string tty = Directory.CreateDirectory(Path.Combine(device, "tty", name)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(tty, "device"), device);
        Directory.CreateDirectory(Path.Combine(_root, "class/tty"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "class/tty", name), tty);
    }

    private void AddPlatformPort(string name, string? uartType)
    {
        string device = Directory.CreateDirectory(Path.Combine(_root, "devices/platform", name + ".0")).FullName;
        string tty = Directory.CreateDirectory(Path.Combine(_root, "class/tty", name)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(tty, "device"), device);
        if (uartType is not null)
        {
            File.WriteAllText(Path.Combine(tty, "type"), uartType + "\n");
        }
    }

    private string UsbFolder(string location) => Path.Combine(_root, "devices/pci0000:00/usb1", location);
}
