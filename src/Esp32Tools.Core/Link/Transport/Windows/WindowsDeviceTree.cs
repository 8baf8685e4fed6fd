using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>
/// Reads devices from the Windows device manager. A device that is unplugged meanwhile is left out; unknown properties
/// stay empty.
/// </summary>
internal static class WindowsDeviceTree
{
    private const int LongestId = 200; // MAX_DEVICE_ID_LEN
    private const int LongestPortName = 512;
    private const int SizeAttempts = 3; // devices may come between the question for the size and that for the list

    /// <summary>The devices with a serial port that are plugged in now, each with its parent.</summary>
    internal static IReadOnlyList<WindowsDevice> SerialPorts() =>
        [.. new[] { ConfigManager.PortsClass, ConfigManager.ModemClass }
            .SelectMany(deviceClass => Ids(deviceClass, ConfigManager.FilterByClass))
            .Select(id => Read(id, withParents: true))
            .OfType<WindowsDevice>()
            .Where(device => device.PortName.StartsWith("COM", StringComparison.OrdinalIgnoreCase))]; // no LPT1

    /// <summary>The USB root hubs of this machine.</summary>
    internal static IReadOnlyList<WindowsDevice> RootHubs() =>
        [.. Ids("USB", ConfigManager.FilterByEnumerator)
            .Where(id => id.StartsWith(@"USB\ROOT_HUB", StringComparison.OrdinalIgnoreCase))
            .Select(id => Read(id, withParents: false))
            .OfType<WindowsDevice>()];

    private static IReadOnlyList<string> Ids(string filter, uint kind)
    {
        uint flags = kind | ConfigManager.FilterPresent;
        for (int attempt = 0; attempt < SizeAttempts; attempt++)
        {
            if (ConfigManager.GetIdListSize(out uint length, filter, flags) != ConfigManager.Success)
            {
                return [];
            }

            char[] list = new char[length];
            int result = ConfigManager.GetIdList(filter, list, length, flags);
            if (result != ConfigManager.BufferTooSmall)
            {
                return result == ConfigManager.Success ? Texts(new string(list)) : [];
            }
        }

        return [];
    }

    private static WindowsDevice? Read(string instanceId, bool withParents) =>
        ConfigManager.Locate(out uint device, instanceId, 0) == ConfigManager.Success ? Read(device, instanceId, withParents) : null;

    private static WindowsDevice Read(uint device, string instanceId, bool withParents) => new()
    {
        InstanceId = instanceId,
        LocationPaths = Property(device, ConfigManager.LocationPaths),
        BusDescription = Property(device, ConfigManager.BusReportedDescription).FirstOrDefault() ?? string.Empty,
        FriendlyName = Property(device, ConfigManager.FriendlyName).FirstOrDefault() ?? string.Empty,
        PortName = PortName(device),
        Parent = withParents ? ReadParent(device) : null,
    };

    private static WindowsDevice? ReadParent(uint device)
    {
        if (ConfigManager.GetParent(out uint parent, device, 0) != ConfigManager.Success)
        {
            return null;
        }

        var id = new StringBuilder(LongestId + 1);
        return ConfigManager.GetId(parent, id, (uint)id.Capacity, 0) == ConfigManager.Success
            ? Read(parent, id.ToString(), withParents: true)
            : null;
    }

    private static string[] Property(uint device, ConfigManager.PropertyKey key)
    {
        uint size = 0;
        if (ConfigManager.GetProperty(device, ref key, out _, null, ref size, 0) != ConfigManager.BufferTooSmall)
        {
            return [];
        }

        byte[] value = new byte[size];
        return ConfigManager.GetProperty(device, ref key, out _, value, ref size, 0) == ConfigManager.Success
            ? Texts(Encoding.Unicode.GetString(value, 0, (int)size))
            : [];
    }

    private static string PortName(uint device)
    {
        if (ConfigManager.OpenKey(
            device, ConfigManager.KeyQueryValue, 0, ConfigManager.OpenExisting, out IntPtr key, ConfigManager.HardwareKey)
            != ConfigManager.Success)
        {
            return string.Empty;
        }

        try
        {
            byte[] value = new byte[LongestPortName];
            uint size = (uint)value.Length;
            return ConfigManager.QueryValue(key, "PortName", IntPtr.Zero, out _, value, ref size) == ConfigManager.Success
                ? Texts(Encoding.Unicode.GetString(value, 0, (int)size)).FirstOrDefault() ?? string.Empty
                : string.Empty;
        }
        finally
        {
            _ = ConfigManager.CloseKey(key);
        }
    }

    // One string, or several, each followed by a zero.
    private static string[] Texts(string characters) => characters.Split(['\0'], StringSplitOptions.RemoveEmptyEntries);
}
