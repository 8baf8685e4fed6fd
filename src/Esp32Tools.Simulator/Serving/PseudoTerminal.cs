using System;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Simulator.Serving;

/// <summary>The server's end of a pseudo-terminal.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int StartBaudRate = 115200;
    private const int SendSlice = 20; // milliseconds between looks at the token

    private int _master;

    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnsupported"/>.</exception>
    internal PseudoTerminal()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            throw Unsupported("this system is not Linux", null);
        }

        _master = Check(LibC.OpenMaster(LibC.OpenFlags));
        Check(LibC.Grant(_master));
        Check(LibC.Unlock(_master));
        byte[] name = new byte[256];
        Check(LibC.GetName(_master, name, (UIntPtr)name.Length) == 0 ? 0 : -1);
        Path = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        Reset();

        // The kernel reports a hang-up only after a client was there.
        LibC.Close(Check(LibC.Open(Path, LibC.OpenFlags)));
    }

    /// <summary>The name of the client's end.</summary>
    internal string Path { get; }

    /// <summary>True while a client has its end open, or has left bytes to be read.</summary>
    internal bool HasClient
    {
        get
        {
            short state = Poll(LibC.PollIn, 0);
            return (state & LibC.PollHangUp) == 0 || (state & LibC.PollIn) != 0;
        }
    }

    /// <summary>The rate the client has set; a pseudo-terminal does not act on it, so the server must poll it.</summary>
    internal int BaudRate => (int)BitConverter.ToUInt32(GetSettings(), 40);

    /// <summary>Returns to 115200 baud and raw bytes, and drops leftover bytes before the next client.</summary>
    internal void Reset()
    {
        // struct termios2: iflag, oflag, cflag, lflag, line, cc[19], ispeed, ospeed
        byte[] settings = GetSettings();
        Array.Clear(settings, 0, 8);
        BitConverter.GetBytes(0x1000 | 0x30 | 0x80 | 0x800).CopyTo(settings, 8); // BOTHER, CS8, CREAD, CLOCAL
        Array.Clear(settings, 12, 4);
        settings[22] = 0; // VTIME
        settings[23] = 1; // VMIN
        BitConverter.GetBytes(StartBaudRate).CopyTo(settings, 36);
        BitConverter.GetBytes(StartBaudRate).CopyTo(settings, 40);
        LibC.Control(_master, (UIntPtr)LibC.SetTermios, settings);
        LibC.Control(_master, (UIntPtr)LibC.FlushQueues, (IntPtr)LibC.FlushBoth);
    }

    /// <summary>Takes the bytes that have arrived.</summary>
    /// <returns>The number of bytes; 0 or less when there are none.</returns>
    internal int Receive(byte[] buffer) => (int)LibC.Read(_master, buffer, (UIntPtr)buffer.Length);

    internal void Wait(int milliseconds) => Poll(LibC.PollIn, milliseconds);

    /// <summary>Sends all bytes, as long as there is a client.</summary>
    internal void Send(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        for (int sent = 0; sent < count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int taken = (int)LibC.Write(_master, ref buffer[sent], (UIntPtr)(count - sent));
            sent += Math.Max(0, taken);
            if (taken <= 0 && (Poll(LibC.PollOut, SendSlice) & LibC.PollHangUp) != 0)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        if (_master >= 0)
        {
            LibC.Close(_master);
            _master = -1;
        }
    }

    private short Poll(short events, int milliseconds)
    {
        var descriptor = new LibC.PollDescriptor { Descriptor = _master, Events = events };
        return LibC.Poll(ref descriptor, (UIntPtr)1, milliseconds) > 0 ? descriptor.Returned : (short)0;
    }

    private byte[] GetSettings()
    {
        byte[] settings = new byte[44];
        LibC.Control(_master, (UIntPtr)LibC.GetTermios, settings);
        return settings;
    }

    private int Check(int result)
    {
        if (result >= 0)
        {
            return result;
        }

        var cause = new Win32Exception(Marshal.GetLastWin32Error());
        Dispose();
        throw Unsupported(cause.Message, cause);
    }

    private static TransportException Unsupported(string reason, Exception? cause) => new(
        ErrorCode.PortUnsupported,
        $"No pseudo-terminal can be made: {reason}.",
        "Serve the chip over TCP or RFC 2217.",
        cause);
}
