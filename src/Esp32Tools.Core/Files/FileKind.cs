using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Esp32Tools.Files;

/// <summary>Kind and rights of a file on systems that have modes (POSIX, sys/stat.h).</summary>
internal static class FileKind
{
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Rights = 0xFFF;

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>False for a device, a pipe or a socket; true also where the system does not report the kind.</summary>
    public static bool IsRegular(string path) => s_isWindows
        ? !OutputName.IsDevice(path)
        : ModeOf(path) is not int mode || (mode & KindMask) == Regular;

    /// <summary>The rights of a file, as chmod takes them; null where there are none or the file does not exist.</summary>
    public static int? RightsOf(string path) => s_isWindows || ModeOf(path) is not int mode ? null : mode & Rights;

    /// <summary>Sets the rights of a file.</summary>
    /// <exception cref="IOException">They cannot be set.</exception>
    public static void SetRights(string path, int rights)
    {
        if (ChangeMode(path, rights) != 0)
        {
            throw NativeFailure.Last();
        }
    }

    // The structure of stat differs between processors; those of statx on Linux, and of stat on macOS, do not.
    private static int? ModeOf(string path)
    {
        try
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? ModeOnLinux(path) : ModeOnMac(path);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static int? ModeOnLinux(string path)
    {
        const int CurrentFolder = -100;
        const uint TypeAndMode = 3;
        const int ModeOffset = 28;
        byte[] status = new byte[256];
        return StatusOnLinux(CurrentFolder, path, 0, TypeAndMode, status) == 0 ? BitConverter.ToUInt16(status, ModeOffset) : null;
    }

    private static int? ModeOnMac(string path)
    {
        const int ModeOffset = 4;
        byte[] status = new byte[256];
        int result = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? StatusOnMac(path, status) : StatusOnIntelMac(path, status);
        return result == 0 ? BitConverter.ToUInt16(status, ModeOffset) : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatusOnLinux(int folder, [MarshalAs(UnmanagedType.LPStr)] string path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "stat")]
    private static extern int StatusOnMac([MarshalAs(UnmanagedType.LPStr)] string path, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "stat$INODE64")]
    private static extern int StatusOnIntelMac([MarshalAs(UnmanagedType.LPStr)] string path, [Out] byte[] status);

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static extern int ChangeMode([MarshalAs(UnmanagedType.LPStr)] string path, int mode);
}
