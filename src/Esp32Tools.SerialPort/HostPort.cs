using System;
using System.IO;
using System.IO.Ports;
using System.Runtime.InteropServices;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Transport;
using SystemPort = System.IO.Ports.SerialPort;

namespace Esp32Tools.SerialPort;

/// <summary>
/// An open port of the host's System.IO.Ports: its exceptions turned into ours. Nothing here waits longer than it is told.
/// </summary>
internal sealed class HostPort : IDisposable
{
    // The driver's queue holds 4 KB otherwise: 20 ms at 2 Mbaud, less than a busy host may be away.
    private const int ReadBuffer = 64 * 1024;

    private const int NotATerminal = 25; // ENOTTY: a pseudo-terminal has no lines
    private const int InvalidArgument = 22; // EINVAL: said by some drivers for the same, and for a baud rate
    private const int InvalidParameter = unchecked((int)0x8007_0057); // E_INVALIDARG: the same on Windows

    private readonly string _portName;
    private readonly SystemPort _port;

    private HostPort(string portName, SystemPort port)
    {
        _portName = portName;
        _port = port;

        // The stream's finalizer flushes, which throws on a thread of its own, and so ends the process, when an adapter
        // was unplugged and its stream could not be closed.
        GC.SuppressFinalize(port.BaseStream);
    }

    /// <summary>False when the driver knows no modem lines.</summary>
    internal bool HasModemLines { get; private set; } = true;

    internal int PendingInput => Guard(() => _port.BytesToRead);

    internal int PendingOutput => Guard(() => _port.BytesToWrite);

    /// <summary>
    /// Opens the port, lines released. Windows opens it with both released. Elsewhere the system asserts both, which the
    /// reset circuit takes for nothing; they are then left so until <see cref="SetModemLines"/> releases them in the order
    /// that is no reset.
    /// </summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal static HostPort Open(string portName, int baudRate)
    {
        SystemPort port;
        try
        {
            port = Open(portName, baudRate, asserted: !RuntimeInformation.IsOSPlatform(OSPlatform.Windows));
        }
        catch (Exception error) when (IsSystemFailure(error) || error is ArgumentException)
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
        catch (Exception error) when (IsSystemFailure(error))
        {
            throw Lost(error);
        }
    }

    /// <summary>
    /// One line after the other, DTR first: the chip is then never out of reset before its boot pin is set. Only when both
    /// are released RTS goes first, for with DTR released and RTS not yet the chip would be in reset. DTR is repeated
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
        catch (Exception error) when (IsSystemFailure(error))
        {
            throw Lost(error);
        }
    }

    /// <returns>0 when nothing came in that time.</returns>
    internal int Read(byte[] buffer, int offset, int count, int milliseconds)
    {
        if (milliseconds == 0 && PendingInput == 0)
        {
            return 0;
        }

        return Guard(() =>
        {
            try
            {
                _port.ReadTimeout = Math.Max(1, milliseconds);
                return _port.Read(buffer, offset, count);
            }
            catch (TimeoutException)
            {
                return 0;
            }
        });
    }

    /// <summary>
    /// Writes as the system's queue takes it. The write runs by itself, for a blocking one could not be cancelled.
    /// </summary>
    /// <returns>False when the time passed first; the rest is dropped.</returns>
    internal bool Write(byte[] buffer, int offset, int count, TimeSpan limit, CancellationToken cancellationToken) => Guard(() =>
    {
        IAsyncResult writing = _port.BaseStream.BeginWrite(buffer, offset, count, null, null);
        if (WaitHandle.WaitAny([writing.AsyncWaitHandle, cancellationToken.WaitHandle], limit) == 0)
        {
            _port.BaseStream.EndWrite(writing);
            return true;
        }

        _port.DiscardOutBuffer();
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    });

    internal void DiscardInput() => Guard(() =>
    {
        _port.DiscardInBuffer();
        return true;
    });

    public void Dispose()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception error) when (IsSystemFailure(error))
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

    private static bool IsSystemFailure(Exception error) =>
        error is IOException or UnauthorizedAccessException or InvalidOperationException;

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsSystemFailure(error))
        {
            throw Lost(error);
        }
    }

    private TransportException Lost(Exception error) => TransportErrors.Lost(_portName, error.Message.Trim().TrimEnd('.'), error);
}
