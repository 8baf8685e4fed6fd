using System.Linq;
using Esp32Tools.Link.Transport;
using Esp32Tools.Link.Transport.Windows;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>What the device manager says, put together; the ids and paths have the forms that Windows gives them.</summary>
public sealed class WindowsPortListTests
{
    private const string Controller = "PCIROOT(0)#PCI(1400)#USBROOT(0)";

    private static readonly WindowsDevice s_hub = new() { InstanceId = @"USB\ROOT_HUB30\4&2DF3A6E0&0&0", LocationPaths = [Controller] };

    [Fact]
    public void A_bridge_is_described_by_its_usb_device() => Assert.Equal(
        new Esp32Port
        {
            PortName = "COM5",
            Kind = nameof(PortKind.Bridge),
            Description = "CP2102N USB to UART Bridge Controller",
            VendorId = 0x10C4,
            ProductId = 0xEA60,
            SerialNumber = "9cf3a0c1",
            LocationPath = "1-4.2",
        },
        Assert.Single(List(Bridge("COM5", @"USB\VID_10C4&PID_EA60\9cf3a0c1", "#USB(4)#USB(2)"))));

    [Fact]
    public void A_chips_own_usb_port_is_a_part_of_its_device()
    {
        WindowsDevice chip = Usb(@"USB\VID_303A&PID_1001\F4:12:FA:00:11:22", "#USB(3)") with
        {
            BusDescription = "USB JTAG/serial debug unit",
            Parent = s_hub,
        };
        Esp32Port port = Assert.Single(List(new WindowsDevice
        {
            InstanceId = @"USB\VID_303A&PID_1001&MI_00\7&1B2C3D4E&0&0000",
            PortName = "COM7",
            FriendlyName = "USB Serial Device (COM7)",
            LocationPaths = [Controller + "#USB(3)#USBMI(0)"],
            Parent = chip,
        }));

        Assert.Equal(nameof(PortKind.UsbSerialJtag), port.Kind);
        Assert.Equal("F4:12:FA:00:11:22", port.SerialNumber);
        Assert.Equal("USB JTAG/serial debug unit", port.Description);
        Assert.Equal("1-3", port.LocationPath);
        Assert.True(TransportTraits.Of(port).IsUsbSerialJtag);
        Assert.False(TransportTraits.Of(port).HasBaudRate);
    }

    [Fact]
    public void Ftdis_own_bus_leads_to_the_adapter()
    {
        Esp32Port[] ports = [.. List(FtdiPort("COM12", "FT4ABCDEB"), FtdiPort("COM11", "FT4ABCDEA"))];
        Assert.Equal(["COM11", "COM12"], ports.Select(port => port.PortName));
        Assert.All(ports, port => Assert.Equal(nameof(PortKind.Bridge), port.Kind));
        Assert.All(ports, port => Assert.Equal("FT4ABCDE", port.SerialNumber));
        Assert.Equal(["1-2:1.0", "1-2:1.1"], ports.Select(port => port.LocationPath));

        static WindowsDevice FtdiPort(string name, string serial) => new()
        {
            InstanceId = $@"FTDIBUS\VID_0403+PID_6010+{serial}\0000",
            PortName = name,
            Parent = Usb(@"USB\VID_0403&PID_6010\FT4ABCDE", "#USB(2)"),
        };
    }

    [Fact]
    public void A_number_that_the_system_made_up_is_no_serial_number()
    {
        Esp32Port port = Assert.Single(List(Bridge("COM3", @"USB\VID_1A86&PID_7523\5&2F1C0A7B&0&2", "#USB(2)")));
        Assert.Empty(port.SerialNumber);
        Assert.Equal(0x7523, port.ProductId);
    }

    [Fact]
    public void The_drivers_name_is_the_description_where_the_device_has_none()
    {
        WindowsDevice mainboard = new() { InstanceId = @"ACPI\PNP0501\0", PortName = "COM1", FriendlyName = "Communications Port (COM1)" };
        Assert.Equal(
            new Esp32Port { PortName = "COM1", Description = "Communications Port" },
            Assert.Single(List(mainboard)));
    }

    [Fact]
    public void Ports_are_listed_once_and_in_the_order_people_count()
    {
        WindowsPortList list = new([Bridge("COM10", @"USB\VID_10C4&PID_EA60\1", "#USB(1)")], [s_hub]);
        Assert.Equal(["COM2", "COM9", "COM10"], list.Describe(["COM9", "com10", "COM2", "COM9", "COM10"]).Select(port => port.PortName.ToUpperInvariant()));
        Assert.Equal(0x10C4, list.Find(@"\\.\COM10").VendorId);
        Assert.Equal(new Esp32Port { PortName = "COM99" }, list.Find("COM99"));
    }

    [Fact]
    public void Buses_are_counted_over_all_controllers()
    {
        const string Second = "PCIROOT(0)#PCI(1C00)#PCI(0000)#USBROOT(0)";
        var location = new WindowsLocation([Second, Controller]);
        Assert.Equal("1-4", location.Shorten([Controller + "#USB(4)"]));
        Assert.Equal("2-4", location.Shorten([Second + "#USB(4)"]));
        Assert.Equal("2-4.10.1", location.Shorten(["ACPI(_SB_)#ACPI(PCI0)", Second.ToLowerInvariant() + "#USB(4)#USB(10)#USB(1)#USBMI(2)"]));
    }

    [Theory]
    [InlineData("PCIROOT(0)#PCI(1400)#USBROOT(1)#USB(4)#USB(2)", "2-4.2")] // a root hub that is not known: by its own number
    [InlineData("PCIROOT(0)#PCI(1F00)#ACPI(UAR1)", "")]
    [InlineData("PCIROOT(0)#PCI(1400)#USBROOT(0)", "")]
    [InlineData("", "")]
    public void A_path_is_shortened_when_it_leads_to_a_socket(string path, string expected) =>
        Assert.Equal(expected, new WindowsLocation([]).Shorten([path]));

    [Theory]
    [InlineData(@"USB\VID_10C4&PID_EA60\0001", 0x10C4, 0xEA60, null, "0001")]
    [InlineData(@"USB\VID_10c4&PID_ea60&REV_0100\0001", 0x10C4, 0xEA60, null, "0001")]
    [InlineData(@"USB\VID_303A&PID_4001&MI_02\6&12AB34CD&0&0002", 0x303A, 0x4001, 2, "")]
    [InlineData(@"FTDIBUS\VID_0403+PID_6001+A50285BIA\0000", 0x0403, 0x6001, 0, "A50285BI")]
    [InlineData(@"FTDIBUS\VID_0403+PID_6011+FT4D\0000", 0x0403, 0x6011, 3, "FT4")]
    [InlineData(@"FTDIBUS\VID_0403+PID_6001+6&2A9F3E36&0&1\0000", 0x0403, 0x6001, 0, "")]
    public void An_instance_id_tells_who_it_is(string id, int vendor, int product, int? part, string serial) =>
        Assert.Equal(new DeviceInstanceId(vendor, product, part, serial), DeviceInstanceId.TryParse(id));

    [Theory]
    [InlineData(@"USB\ROOT_HUB30\4&2DF3A6E0&0&0")]
    [InlineData(@"ACPI\PNP0501\0")]
    [InlineData(@"BTHENUM\{00001101-0000-1000-8000-00805F9B34FB}_LOCALMFG&0000\7&1A2B")]
    [InlineData("")]
    public void What_is_no_usb_device_says_so(string id) => Assert.Null(DeviceInstanceId.TryParse(id));

    private static Esp32Port[] List(params WindowsDevice[] devices) => [.. new WindowsPortList(devices, [s_hub]).Describe([])];

    private static WindowsDevice Bridge(string name, string id, string socket) => Usb(id, socket) with
    {
        PortName = name,
        FriendlyName = $"Silicon Labs CP210x USB to UART Bridge ({name})",
        BusDescription = "CP2102N USB to UART Bridge Controller",
        Parent = s_hub,
    };

    private static WindowsDevice Usb(string id, string socket) => new()
    {
        InstanceId = id,
        LocationPaths = [Controller + socket, @"ACPI(_SB_)#ACPI(PCI0)#ACPI(XHC_)#ACPI(RHUB)#ACPI(HS04)"],
    };
}
