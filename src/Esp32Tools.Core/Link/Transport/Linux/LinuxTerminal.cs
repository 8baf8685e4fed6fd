using System;
using System.ComponentModel;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>
/// An open tty: one method per system call, errno turned into an error that names the port. Nothing here waits.
/// </summary>
internal sealed class LinuxTerminal : IDisposable
{
    // A UART samples ten bits from one edge; beyond 3 % it reads the last of them wrong.
    private const double BaudTolerance = 0.03;

    private const int SerialInfoFlagsOffset = 16; // struct serial_struct, linux/serial.h: type, line, port, irq, flags
    private const int LowLatencyFlag = 0x2000; // ASYNC_LOW_LATENCY

    private readonly string _portName;
    private readonly TerminalHandle _handle;

    private LinuxTerminal(string portName, TerminalHandle handle)
    {
        _portName = portName;
        _handle = handle;
    }

    /// <summary>False when the driver knows no modem lines (a pseudo-terminal).</summary>
    internal bool HasModemLines { get; private set; } = true;

    /// <summary>
    /// Opens the tty for this process alone, raw, lines released. The kernel asserts DTR and RTS together when it opens a
    /// tty, which the reset circuit ignores; both are then released together, so no reset occurs.
    /// </summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal static LinuxTerminal Open(string portName, int baudRate)
    {
        const int flags = LibC.OpenReadWrite | LibC.OpenNoControllingTerminal | LibC.OpenNonBlocking | LibC.OpenCloseOnExec;
        int descriptor = LibC.Open(portName, flags);
        if (descriptor < 0)
        {
            throw LinuxOpenErrors.Of(portName, LibC.LastError);
        }

        var terminal = new LinuxTerminal(portName, new TerminalHandle(descriptor));
        try
        {
            terminal.Claim();
            terminal.Configure(baudRate);
            return terminal;
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    /// <summary>Sets the rate once all written bytes have left (TCSETSW2).</summary>
    internal void SetBaudRate(int baudRate)
    {
        Termios settings = GetSettings();
        settings.SetBaudRate(baudRate);
        Apply(LibC.SetTermiosDrained, ref settings, baudRate);
    }

    /// <summary>Sets both lines in one ioctl. A driver without lines answers ENOTTY or EINVAL; that is not an error.</summary>
    internal void SetModemLines(bool dataTerminalReady, bool requestToSend)
    {
        int lines = 0;
        if (!TryControl(LibC.GetModemLines, ref lines))
        {
            HasModemLines = false;
            return;
        }

        lines &= ~(LibC.LineDataTerminalReady | LibC.LineRequestToSend);
        lines |= dataTerminalReady ? LibC.LineDataTerminalReady : 0;
        lines |= requestToSend ? LibC.LineRequestToSend : 0;
        HasModemLines = TryControl(LibC.SetModemLines, ref lines);
    }

    /// <summary>Reads the bytes that are there.</summary>
    /// <returns>The number of bytes read; 0 when there are none.</returns>
    internal int Read(byte[] buffer, int offset, int count)
    {
        int got = (int)LibC.Read(_handle, ref buffer[offset], (UIntPtr)count);
        if (got > 0)
        {
            return got;
        }

        if (got == 0)
        {
            throw TransportErrors.Lost(_portName, "the other end hung up");
        }

        return NothingOrLost(LibC.LastError);
    }

    /// <summary>Writes as many bytes as the driver takes now.</summary>
    /// <returns>The number of bytes written; 0 when it takes none.</returns>
    internal int Write(byte[] buffer, int offset, int count)
    {
        int taken = (int)LibC.Write(_handle, ref buffer[offset], (UIntPtr)count);
        return taken >= 0 ? taken : NothingOrLost(LibC.LastError);
    }

    /// <summary>Waits until bytes can be read or written; returns early on a signal.</summary>
    internal void Poll(short events, int milliseconds)
    {
        bool referenced = false;
        try
        {
            _handle.DangerousAddRef(ref referenced);
            var descriptor = new LibC.PollDescriptor { Descriptor = (int)_handle.DangerousGetHandle(), Events = events };
            if (LibC.Poll(ref descriptor, (UIntPtr)1, milliseconds) > 0)
            {
                ThrowIfGone(descriptor.Returned, events);
            }
        }
        finally
        {
            if (referenced)
            {
                _handle.DangerousRelease();
            }
        }
    }

    /// <summary>Number of written bytes that the driver has not sent yet; 0 where the driver cannot tell.</summary>
    internal int GetPendingOutput()
    {
        int pending = 0;
        return TryControl(LibC.OutputPending, ref pending) ? pending : 0;
    }

    internal void DiscardInput()
    {
        if (Control(LibC.FlushQueues, LibC.FlushInput) < 0)
        {
            throw Gone(LibC.LastError);
        }
    }

    public void Dispose()
    {
        if (!_handle.IsClosed && !_handle.IsInvalid)
        {
            // The mark belongs to the tty and not to the descriptor: on a pseudo-terminal it would outlive this close.
            Control(LibC.ClearExclusive, 0);
        }

        _handle.Dispose();
    }

    // TIOCEXCL refuses every later open, but not root's; the lock stops programs that ask for it, root included, and
    // also works against one that came first. pyserial asks for the same lock.
    private void Claim()
    {
        if (LibC.Lock(_handle, LibC.LockExclusive | LibC.LockNonBlocking) < 0 && LibC.LastError == LibC.WouldBlock)
        {
            throw TransportErrors.InUse(_portName, new Win32Exception(LibC.WouldBlock));
        }
    }

    private void Configure(int baudRate)
    {
        var settings = default(Termios);
        if (LibC.Control(_handle, (UIntPtr)LibC.GetTermios, ref settings) < 0)
        {
            throw LinuxOpenErrors.Of(_portName, LibC.LastError);
        }

        Control(LibC.SetExclusive, 0);
        settings.SetRaw();
        settings.SetBaudRate(baudRate);
        Apply(LibC.SetTermios, ref settings, baudRate);
        SetModemLines(dataTerminalReady: false, requestToSend: false);
        AskForLowLatency();
        Control(LibC.FlushQueues, LibC.FlushBoth);
    }

    private void Apply(uint request, ref Termios settings, int baudRate)
    {
        if (LibC.Control(_handle, (UIntPtr)request, ref settings) < 0)
        {
            int error = LibC.LastError;
            throw error == LibC.InvalidArgument
                ? TransportErrors.BaudRateUnsupported(_portName, baudRate, "the driver refuses it", new Win32Exception(error))
                : Gone(error);
        }

        // A driver that cannot set a rate does not fail: it keeps another one and reports it.
        uint actual = GetSettings().OutputSpeed;
        if (Math.Abs(actual - (double)baudRate) > baudRate * BaudTolerance)
        {
            throw TransportErrors.BaudRateUnsupported(_portName, baudRate, $"the driver offers {actual} instead");
        }
    }

    private Termios GetSettings()
    {
        var settings = default(Termios);
        return LibC.Control(_handle, (UIntPtr)LibC.GetTermios, ref settings) < 0 ? throw Gone(LibC.LastError) : settings;
    }

    // Without the flag FTDI adapters hold bytes back for 16 ms. Drivers that do not have it refuse, which does no harm.
    private void AskForLowLatency()
    {
        byte[] info = new byte[128];
        if (LibC.Control(_handle, (UIntPtr)LibC.GetSerialInfo, info) < 0)
        {
            return;
        }

        int flags = BitConverter.ToInt32(info, SerialInfoFlagsOffset) | LowLatencyFlag;
        BitConverter.GetBytes(flags).CopyTo(info, SerialInfoFlagsOffset);
        LibC.Control(_handle, (UIntPtr)LibC.SetSerialInfo, info);
    }

    private int Control(uint request, int value) => LibC.Control(_handle, (UIntPtr)request, (IntPtr)value);

    private bool TryControl(uint request, ref int value)
    {
        if (LibC.Control(_handle, (UIntPtr)request, ref value) >= 0)
        {
            return true;
        }

        int error = LibC.LastError;
        return error is LibC.NotATerminal or LibC.InvalidArgument ? false : throw Gone(error);
    }

    private int NothingOrLost(int error) =>
        error is LibC.WouldBlock or LibC.Interrupted ? 0 : throw Gone(error);

    private void ThrowIfGone(short returned, short asked)
    {
        const short gone = LibC.PollError | LibC.PollHangUp | LibC.PollInvalid;

        // While there are bytes to read the hang-up appears only after them.
        if ((returned & gone) != 0 && (returned & asked & LibC.PollIn) == 0)
        {
            throw TransportErrors.Lost(_portName, "the other end hung up");
        }
    }

    private TransportException Gone(int error)
    {
        var cause = new Win32Exception(error);
        return TransportErrors.Lost(_portName, cause.Message, cause);
    }
}
