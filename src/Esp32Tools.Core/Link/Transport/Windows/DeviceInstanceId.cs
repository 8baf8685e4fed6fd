using System.Globalization;
using System.Text.RegularExpressions;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>
/// The information in a Windows instance id about a USB device or a part of one.
/// <code>
/// USB\VID_303A&amp;PID_1001\F4:12:FA:00:11:22        a device; its serial number
/// USB\VID_1A86&amp;PID_7523\5&amp;2f1c0a7b&amp;0&amp;2           a device without one: the system made up the number
/// USB\VID_303A&amp;PID_1001&amp;MI_00\7&amp;1b2c3d4e&amp;0&amp;0000 interface 0 of a composite device
/// FTDIBUS\VID_0403+PID_6011+FT4ABCDEB\0000       port B of FTDI's own driver: the serial number, then the letter
/// </code>
/// Sources: Microsoft, "Standard USB Identifiers"; FTDI AN_152, "Detecting USB cable connection".
/// </summary>
/// <param name="VendorId">USB vendor id.</param>
/// <param name="ProductId">USB product id.</param>
/// <param name="Interface">Number of the interface; null for a whole device.</param>
/// <param name="SerialNumber">Serial number; empty where there is none or the id does not hold it.</param>
internal readonly record struct DeviceInstanceId(int VendorId, int ProductId, int? Interface, string SerialNumber)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex s_usb = new(
        @"^USB\\VID_(?<vid>[0-9A-F]{4})&PID_(?<pid>[0-9A-F]{4})(&REV_[0-9A-F]{4})?(&MI_(?<mi>[0-9A-F]{2}))?\\(?<serial>.*)$", Options);

    private static readonly Regex s_ftdi = new(
        @"^FTDIBUS\\VID_(?<vid>[0-9A-F]{4})\+PID_(?<pid>[0-9A-F]{4})(\+(?<serial>.*?)(?<port>[A-D])?)?\\[^\\]*$", Options);

    /// <summary>Parses an id; null when it is not that of a USB device.</summary>
    internal static DeviceInstanceId? TryParse(string instanceId)
    {
        Match usb = s_usb.Match(instanceId);
        if (usb.Success)
        {
            int? part = usb.Groups["mi"].Success ? Hex(usb.Groups["mi"]) : null;
            return new(Hex(usb.Groups["vid"]), Hex(usb.Groups["pid"]), part, part is null ? Serial(usb.Groups["serial"]) : string.Empty);
        }

        Match ftdi = s_ftdi.Match(instanceId);
        return ftdi.Success
            ? new(
                Hex(ftdi.Groups["vid"]),
                Hex(ftdi.Groups["pid"]),
                ftdi.Groups["port"].Success ? char.ToUpperInvariant(ftdi.Groups["port"].Value[0]) - 'A' : 0,
                Serial(ftdi.Groups["serial"]))
            : null;
    }

    private static int Hex(Group group) => int.Parse(group.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // A number from the system has an ampersand; no serial number can have one.
    private static string Serial(Group group) => group.Value.IndexOf('&') >= 0 ? string.Empty : group.Value;
}
