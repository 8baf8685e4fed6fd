using System.IO;
using System.Runtime.InteropServices;

namespace Esp32Tools.Files;

/// <summary>Brings files to the disk itself, so that a loss of power cannot take them.</summary>
internal static class DiskFlush
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;
    private const int NotSupportedOnLinux = 95;
    private const int NotSupportedOnMac = 45;

    /// <summary>Flushes a folder: the names of the files in it. Windows writes names through when they are made.</summary>
    /// <exception cref="IOException">The disk reports a failure.</exception>
    public static void Folder(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            // A folder that may be written and not be listed: there is no way to flush it.
            return;
        }

        try
        {
            if (Synchronize(descriptor) != 0 && !CannotFlush(Marshal.GetLastWin32Error()))
            {
                throw NativeFailure.Last();
            }
        }
        finally
        {
            Close(descriptor);
        }
    }

    // File systems that know no flushing of folders say so.
    private static bool CannotFlush(int error) => error is InvalidArgument or NotSupportedOnLinux or NotSupportedOnMac;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
