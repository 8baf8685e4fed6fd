using System;
using System.Runtime.InteropServices;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>
/// The system calls and constants a serial port needs. The values are those of asm-generic, which x86, x64, arm, arm64,
/// riscv64, loongarch64 and s390x share (Linux include/uapi/asm-generic: fcntl.h, ioctls.h, termbits.h, poll.h).
/// Binding is lazy: on other systems this type loads and is never called.
/// </summary>
internal static class LibC
{
    internal const int OpenReadWrite = 0x0002;
    internal const int OpenNoControllingTerminal = 0x0100;
    internal const int OpenNonBlocking = 0x0800;
    internal const int OpenCloseOnExec = 0x8_0000;

    internal const int AccessWrite = 2; // W_OK
    internal const int AccessRead = 4; // R_OK

    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;

    internal const short PollIn = 0x0001;
    internal const short PollOut = 0x0004;
    internal const short PollError = 0x0008;
    internal const short PollHangUp = 0x0010;
    internal const short PollInvalid = 0x0020;

    internal const uint FlushQueues = 0x540B; // TCFLSH
    internal const int FlushInput = 0; // TCIFLUSH
    internal const int FlushBoth = 2; // TCIOFLUSH
    internal const uint SetExclusive = 0x540C; // TIOCEXCL
    internal const uint ClearExclusive = 0x540D; // TIOCNXCL
    internal const uint OutputPending = 0x5411; // TIOCOUTQ
    internal const uint GetModemLines = 0x5415; // TIOCMGET
    internal const uint SetModemLines = 0x5418; // TIOCMSET
    internal const uint GetSerialInfo = 0x541E; // TIOCGSERIAL
    internal const uint SetSerialInfo = 0x541F; // TIOCSSERIAL
    internal const uint GetTermios = 0x802C_542A; // TCGETS2
    internal const uint SetTermios = 0x402C_542B; // TCSETS2
    internal const uint SetTermiosDrained = 0x402C_542C; // TCSETSW2

    internal const int LineDataTerminalReady = 0x002; // TIOCM_DTR
    internal const int LineRequestToSend = 0x004; // TIOCM_RTS

    internal const int NoEntry = 2; // ENOENT
    internal const int Interrupted = 4; // EINTR
    internal const int InputOutputError = 5; // EIO
    internal const int NoDeviceOrAddress = 6; // ENXIO
    internal const int WouldBlock = 11; // EAGAIN, EWOULDBLOCK
    internal const int AccessDenied = 13; // EACCES
    internal const int Busy = 16; // EBUSY
    internal const int NoDevice = 19; // ENODEV
    internal const int NotADirectory = 20; // ENOTDIR
    internal const int IsADirectory = 21; // EISDIR
    internal const int InvalidArgument = 22; // EINVAL
    internal const int NotATerminal = 25; // ENOTTY
    internal const int NotPermitted = 1; // EPERM

    private const string Library = "libc";

    /// <summary>errno of the last call.</summary>
    internal static int LastError => Marshal.GetLastWin32Error();

    [DllImport(Library, EntryPoint = "open", SetLastError = true)]
    internal static extern int Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static extern int Close(IntPtr descriptor);

    [DllImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static extern int Lock(TerminalHandle descriptor, int operation);

    [DllImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static extern IntPtr Read(TerminalHandle descriptor, ref byte buffer, UIntPtr count);

    [DllImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static extern IntPtr Write(TerminalHandle descriptor, ref byte buffer, UIntPtr count);

    [DllImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static extern int Poll(ref PollDescriptor descriptors, UIntPtr count, int milliseconds);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(TerminalHandle descriptor, UIntPtr request, ref Termios settings);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(TerminalHandle descriptor, UIntPtr request, ref int value);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(TerminalHandle descriptor, UIntPtr request, byte[] structure);

    [DllImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static extern int Control(TerminalHandle descriptor, UIntPtr request, IntPtr value);

    [DllImport(Library, EntryPoint = "access", SetLastError = true)]
    internal static extern int Access([MarshalAs(UnmanagedType.LPStr)] string path, int mode);

    [DllImport(Library, EntryPoint = "realpath", SetLastError = true)]
    internal static extern IntPtr ResolvePath([MarshalAs(UnmanagedType.LPStr)] string path, byte[] resolved);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }
}
