using System;
using System.Runtime.InteropServices;

namespace Esp32Tools.Simulator.Serving;

/// <summary>
/// The calls that make and serve a pseudo-terminal on Linux; values of asm-generic (fcntl.h, ioctls.h, termbits.h, poll.h).
/// Bound lazily: elsewhere this type loads and is never called.
/// </summary>
internal static class LibC
{
    internal const int OpenFlags = 0x2 | 0x100 | 0x800 | 0x8_0000; // O_RDWR, O_NOCTTY, O_NONBLOCK, O_CLOEXEC
    internal const uint GetTermios = 0x802C_542A; // TCGETS2
    internal const uint SetTermios = 0x402C_542B; // TCSETS2
    internal const uint FlushQueues = 0x540B; // TCFLSH
    internal const int FlushBoth = 2; // TCIOFLUSH
    internal const short PollIn = 0x01;
    internal const short PollOut = 0x04;
    internal const short PollHangUp = 0x10;

    private const string Library = "libc";

    [DllImport(Library, EntryPoint = "posix_openpt", SetLastError = true)]
    internal static extern int OpenMaster(int flags);

    [DllImport(Library, EntryPoint = "grantpt", SetLastError = true)]
    internal static extern int Grant(int master);

    [DllImport(Library, EntryPoint = "unlockpt", SetLastError = true)]
    internal static extern int Unlock(int master);

    /// <summary>Returns the error number itself, and 0 for success.</summary>
    [DllImport(Library, EntryPoint = "ptsname_r")]
    internal static extern int GetName(int master, byte[] name, UIntPtr length);

    [DllImport(Library, EntryPoint = "open", SetLastError = true)]
    internal static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static extern int Close(int descriptor);

    [DllImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static extern IntPtr Read(int descriptor, byte[] buffer, UIntPtr count);

    [DllImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static extern IntPtr Write(int descriptor, ref byte buffer, UIntPtr count);

    [DllImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static extern int Poll(ref PollDescriptor descriptors, UIntPtr count, int milliseconds);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(int descriptor, UIntPtr request, byte[] structure);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(int descriptor, UIntPtr request, IntPtr value);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }
}
