using System;
using System.IO;
using System.IO.Ports;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using SystemPort = System.IO.Ports.SerialPort;

namespace Esp32Tools.SerialPort;

/// <summary>
/// An open port of the host's System.IO.Ports, with its exceptions converted to ours. No call waits longer than its limit.
/// </summary>
internal sealed class HostPort : IDisposable
{
    // The driver's queue holds 4 KB otherwise: 20 ms at 2 Mbaud, less than a busy host may be away.
    private const int ReadBuffer = 64 * 1024;

    private const int NotATerminal = 25; // ENOTTY: a pseudo-terminal has no lines
    private const int InvalidArgument = 22; // EINVAL: some drivers report it for the same, and for a baud rate
    private const int InvalidParameter = unchecked((int)0x8007_0057); // E_INVALIDARG: the same on Windows

    // Available bytes are read at once. If the port is unplugged at that moment, the read may hang this long.
    private const int ReadLimitMilliseconds = 1000;

    private readonly string _portName;
    private readonly SystemPort _port;
    private readonly HostPortErrors _errors;

    private HostPort(string portName, SystemPort port)
    {
        _portName = portName;
        _port = port;
        _errors = new HostPortErrors(portName);

        // When an adapter was unplugged and its stream could not be closed, the stream's finalizer flushes, which throws
        // on the finalizer thread and so ends the process.
        GC.SuppressFinalize(port.BaseStream);
    }

    /// <summary>False when the driver has no modem lines.</summary>
    internal bool HasModemLines { get; private set; } = true;

    internal int PendingInput => _errors.GuardCount(() => _port.BytesToRead);

    internal int PendingOutput => _errors.GuardCount(() => _port.BytesToWrite);

    /// <summary>
    /// Opens the port, lines released. Windows opens it with both released. Elsewhere the system asserts both, which the
    /// reset circuit ignores; they then stay so until <see cref="SetModemLines"/> releases them in the order that does
    /// not reset.
    /// </summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal static HostPort Open(string portName, int baudRate)
    {
        SystemPort port;
        try
        {
            port = Open(portName, baudRate, asserted: !SerialPortTransportProvider.IsWindows);
        }
        catch (Exception error) when (HostPortErrors.IsSystemFailure(error) || error is ArgumentException)
        {
            throw HostOpenErrors.Of(portName, error);
        }

        var opened = new HostPort(portName, port);
        opened.SetModemLines(dataTerminalReady: false, requestToSend: false);
        return opened;
    }

    internal void SetBaudRate(int baudRate)
    {
        try
        {
            _port.BaudRate = baudRate;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException || error.HResult is InvalidParameter or InvalidArgument)
        {
            throw TransportErrors.BaudRateUnsupported(_portName, baudRate, "the driver refuses it", error);
        }
        catch (Exception error) when (HostPortErrors.IsSystemFailure(error))
        {
            throw _errors.Lost(error);
        }
    }

    /// <summary>
    /// Sets one line after the other, DTR first: the chip then never leaves reset before its boot pin is set. Only when both
    /// are released, RTS goes first, since RTS alone would hold the chip in reset. DTR is repeated
    /// after RTS: usbser.sys of Windows sends RTS along with the next DTR only.
    /// </summary>
    internal void SetModemLines(bool dataTerminalReady, bool requestToSend)
    {
        try
        {
            if (dataTerminalReady || requestToSend)
            {
                _port.DtrEnable = dataTerminalReady;
            }

            _port.RtsEnable = requestToSend;
            _port.DtrEnable = dataTerminalReady;
        }
        catch (IOException error) when (IsWithoutLines(error))
        {
            HasModemLines = false;
        }
        catch (Exception error) when (HostPortErrors.IsSystemFailure(error))
        {
            throw _errors.Lost(error);
        }
    }

    /// <summary>
    /// On Windows the driver waits. Elsewhere System.IO.Ports loses a byte that it reads at the moment a read times out, and
    /// once it has seen the port unplugged it never completes another read
    /// (SerialStream.Unix.cs of .NET 10, ProcessRead and IOLoop). So there only bytes that have arrived are requested.
    /// </summary>
    /// <returns>0 when nothing came in that time.</returns>
    internal int Read(byte[] buffer, int offset, int count, int milliseconds)
    {
        bool driverWaits = SerialPortTransportProvider.IsWindows && milliseconds > 0;
        if (!driverWaits && !WaitForInput(milliseconds))
        {
            return 0;
        }

        int got = _errors.Guard(() =>
        {
            try
            {
                _port.ReadTimeout = driverWaits ? milliseconds : ReadLimitMilliseconds;
                return _port.Read(buffer, offset, count);
            }
            catch (TimeoutException)
            {
                return 0;
            }
        });
        if (got == 0)
        {
            ThrowIfLost();
        }

        return got;
    }

    /// <summary>
    /// Writes at the pace of the system's queue. The write runs asynchronously, since a blocking one could not be cancelled.
    /// </summary>
    /// <returns>False when the time passed first; the rest is dropped.</returns>
    internal bool Write(byte[] buffer, int offset, int count, TimeSpan limit, CancellationToken cancellationToken)
    {
        // A write to a port already seen unplugged would never end, and closing the port would wait for it.
        ThrowIfLost();
        using var dropped = new CancellationTokenSource();
        Task writing = _errors.Guard(() => _port.BaseStream.WriteAsync(buffer, offset, count, dropped.Token));
        WaitHandle[] ends = [((IAsyncResult)writing).AsyncWaitHandle, cancellationToken.WaitHandle];
        var wait = new WaitSlices(limit);
        int end = WaitHandle.WaitAny(ends, wait.NextMilliseconds);
        while (end == WaitHandle.WaitTimeout && !wait.IsOver)
        {
            ThrowIfLost();
            end = WaitHandle.WaitAny(ends, wait.NextMilliseconds);
        }

        if (end == 0)
        {
            _errors.Guard(() => writing.GetAwaiter().GetResult());
            return true;
        }

        dropped.Cancel();
        _errors.Guard(_port.DiscardOutBuffer);
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    internal void DiscardInput() => _errors.Guard(_port.DiscardInBuffer);

    public void Dispose()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception error) when (HostPortErrors.IsSystemFailure(error))
        {
            // Unplugged: closing flushes first, and there is nothing left to flush to.
        }
    }

    private static SystemPort Open(string portName, int baudRate, bool asserted)
    {
        var port = new SystemPort(portName, baudRate, Parity.None, 8, StopBits.One)
        {
            Handshake = Handshake.None,
            DtrEnable = asserted,
            RtsEnable = asserted,
            ReadBufferSize = ReadBuffer,
        };
        try
        {
            port.Open();
            return port;
        }
        catch (IOException error) when (asserted && IsWithoutLines(error))
        {
            return Open(portName, baudRate, asserted: false);
        }
    }

    private static bool IsWithoutLines(IOException error) => error.HResult is NotATerminal or InvalidArgument;

    private bool WaitForInput(int milliseconds)
    {
        var wait = new WaitSlices(TimeSpan.FromMilliseconds(milliseconds));
        while (PendingInput == 0)
        {
            if (wait.IsOver)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    // A port that is gone no longer counts its bytes.
    private void ThrowIfLost() => _ = PendingOutput;
}
