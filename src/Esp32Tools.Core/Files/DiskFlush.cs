using System.IO;
using System.Runtime.InteropServices;

namespace Esp32Tools.Files;

/// <summary>Flushes files to the disk, so that a loss of power does not destroy them.</summary>
internal static class DiskFlush
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;
    private const int NotSupportedOnLinux = 95;
    private const int NotSupportedOnMac = 45;

    /// <summary>Flushes a folder: the names of the files in it. Windows writes names through at creation.</summary>
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
            // A folder that may be written but not listed cannot be flushed.
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

    // File systems that cannot flush folders report so.
    private static bool CannotFlush(int error) => error is InvalidArgument or NotSupportedOnLinux or NotSupportedOnMac;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
