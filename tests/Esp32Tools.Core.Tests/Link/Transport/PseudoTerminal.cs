using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>A pseudo-terminal: the port under test opens <see cref="PortName"/>, the test holds the other end.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    // Closed on exec, or a program that another test starts would hold the cable.
    private const int OpenFlags = 0x2 | 0x100 | 0x800 | 0x8_0000; // O_RDWR, O_NOCTTY, O_NONBLOCK, O_CLOEXEC
    private int _master;

    internal PseudoTerminal()
    {
        _master = Check(posix_openpt(OpenFlags));
        Check(grantpt(_master));
        Check(unlockpt(_master));
        byte[] name = new byte[256];
        Check(-ptsname_r(_master, name, (UIntPtr)name.Length));
        PortName = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
    }

    internal string PortName { get; }

    /// <summary>The baud rate the port was set to.</summary>
    internal uint BaudRate
    {
        get
        {
            byte[] settings = new byte[44];
            Check(ioctl(_master, (UIntPtr)0x802C_542A, settings));
            return BitConverter.ToUInt32(settings, 40);
        }
    }

    /// <summary>Reads exactly that many bytes.</summary>
    internal byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        var patience = Stopwatch.StartNew();
        for (int got = 0; got < count;)
        {
            int now = (int)read(_master, ref bytes[got], (UIntPtr)(count - got));
            got += Math.Max(0, now);
            if (now <= 0)
            {
                if (patience.Elapsed > TimeSpan.FromSeconds(20))
                {
                    throw new TimeoutException($"Only {got} of {count} bytes came.");
                }

                Thread.Sleep(1);
            }
        }

        return bytes;
    }

    internal void Send(params byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            int now = (int)write(_master, ref bytes[sent], (UIntPtr)(bytes.Length - sent));
            sent += Math.Max(0, now);
            if (now <= 0)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Pulls the cable.</summary>
    internal void Unplug()
    {
        if (_master >= 0)
        {
            close(_master);
            _master = -1;
        }
    }

    public void Dispose() => Unplug();

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int ptsname_r(int descriptor, byte[] name, UIntPtr length);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int descriptor, UIntPtr request, byte[] data);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr read(int descriptor, ref byte buffer, UIntPtr count);

    [DllImport("libc", SetLastError = true)]
    private static extern IntPtr write(int descriptor, ref byte buffer, UIntPtr count);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
}
