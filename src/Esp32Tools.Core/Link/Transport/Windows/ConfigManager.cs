using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Esp32Tools.Link.Transport.Windows;

/// <summary>
/// The functions of the Windows configuration manager that describe devices, and the one that reads the name of a port
/// from a device's registry key. Values are those of cfgmgr32.h, devpkey.h, devguid.h and winreg.h. Binding is lazy: on
/// other systems this type loads and is never called.
/// </summary>
internal static class ConfigManager
{
    internal const int Success = 0; // CR_SUCCESS, ERROR_SUCCESS
    internal const int BufferTooSmall = 0x1A; // CR_BUFFER_SMALL

    internal const uint FilterByEnumerator = 0x001; // CM_GETIDLIST_FILTER_ENUMERATOR
    internal const uint FilterPresent = 0x100; // CM_GETIDLIST_FILTER_PRESENT
    internal const uint FilterByClass = 0x200; // CM_GETIDLIST_FILTER_CLASS

    internal const uint KeyQueryValue = 0x0001; // KEY_QUERY_VALUE
    internal const uint OpenExisting = 1; // RegDisposition_OpenExisting
    internal const uint HardwareKey = 0; // CM_REGISTRY_HARDWARE

    /// <summary>GUID_DEVCLASS_PORTS: serial and parallel ports.</summary>
    internal const string PortsClass = "{4d36e978-e325-11ce-bfc1-08002be10318}";

    /// <summary>GUID_DEVCLASS_MODEM: modems, which have a serial port too.</summary>
    internal const string ModemClass = "{4d36e96d-e325-11ce-bfc1-08002be10318}";

    private const string Library = "cfgmgr32.dll";

    internal static readonly PropertyKey FriendlyName = new("a45c254e-df1c-4efd-8020-67d146a850e0", 14);
    internal static readonly PropertyKey LocationPaths = new("a45c254e-df1c-4efd-8020-67d146a850e0", 37);
    internal static readonly PropertyKey BusReportedDescription = new("540b947e-8b40-45bc-a8a2-6a0b894cbda2", 4);

    [DllImport(Library, EntryPoint = "CM_Get_Device_ID_List_SizeW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int GetIdListSize(out uint length, string filter, uint flags);

    [DllImport(Library, EntryPoint = "CM_Get_Device_ID_ListW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int GetIdList(string filter, [Out] char[] list, uint length, uint flags);

    [DllImport(Library, EntryPoint = "CM_Locate_DevNodeW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int Locate(out uint device, string instanceId, uint flags);

    [DllImport(Library, EntryPoint = "CM_Get_Parent", ExactSpelling = true)]
    internal static extern int GetParent(out uint parent, uint device, uint flags);

    [DllImport(Library, EntryPoint = "CM_Get_Device_IDW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int GetId(uint device, StringBuilder instanceId, uint length, uint flags);

    [DllImport(Library, EntryPoint = "CM_Get_DevNode_PropertyW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int GetProperty(
        uint device, ref PropertyKey key, out uint type, [Out] byte[]? value, ref uint size, uint flags);

    [DllImport(Library, EntryPoint = "CM_Open_DevNode_Key", ExactSpelling = true)]
    internal static extern int OpenKey(
        uint device, uint access, uint hardwareProfile, uint disposition, out IntPtr key, uint flags);

    [DllImport("advapi32.dll", EntryPoint = "RegQueryValueExW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int QueryValue(
        IntPtr key, string name, IntPtr reserved, out uint type, [Out] byte[] value, ref uint size);

    [DllImport("advapi32.dll", EntryPoint = "RegCloseKey", ExactSpelling = true)]
    internal static extern int CloseKey(IntPtr key);

    /// <summary>DEVPROPKEY: the name of a property.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PropertyKey(string format, uint number)
    {
        internal Guid Format = new(format);
        internal uint Number = number;
    }
}
