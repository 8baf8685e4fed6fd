using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace Esp32Tools.Files;

/// <summary>Failures of system calls.</summary>
internal static class NativeFailure
{
    private const int FromWindows = unchecked((int)0x8007_0000);

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>The failure of the last call that was declared with SetLastError.</summary>
    public static IOException Last()
    {
        int number = Marshal.GetLastWin32Error();
        return new IOException(new Win32Exception(number).Message, s_isWindows ? FromWindows | number : number);
    }
}
