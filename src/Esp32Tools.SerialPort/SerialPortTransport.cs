using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.SerialPort;

/// <summary>A port of the host's System.IO.Ports.</summary>
internal sealed class SerialPortTransport : ISerialTransport
{
    // Each part is a write of its own, so that the time limit applies only to bytes that do not move.
    private const int LargestPart = 4096;

    private readonly Reopenable<HostPort> _port;

    /// <summary>Opens the port.</summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal SerialPortTransport(string portName, TransportTraits traits, CancellationToken cancellationToken)
    {
        PortName = portName;
        _port = new Reopenable<HostPort>(portName, _ => HostPort.Open(portName, BaudRate), cancellationToken);
        Traits = traits with { HasModemLines = _port.Current.HasModemLines };
    }

    public string PortName { get; }

    public TransportTraits Traits { get; }

    public IClock Clock => SystemClock.Instance;

    public int BaudRate { get; private set; } = TransportDefaults.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        HostPort port = _port.Current;
        cancellationToken.ThrowIfCancellationRequested();
        var wait = new WaitSlices(TransportDefaults.WriteLimit);
        while (port.PendingOutput > 0)
        {
            if (wait.IsOver)
            {
                throw TransportErrors.WriteTimeout(PortName, TransportDefaults.WriteLimit);
            }

            Clock.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
        }

        port.SetBaudRate(baudRate);
        BaudRate = baudRate;
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _port.Current.SetModemLines(dataTerminalReady, requestToSend);
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count);
        HostPort port = _port.Current;
        var wait = new WaitSlices(timeout);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int got = port.Read(buffer, offset, count, wait.NextMilliseconds);
            if (got > 0 || wait.IsOver)
            {
                return got;
            }
        }
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count, mayBeEmpty: true);
        HostPort port = _port.Current;
        for (int part; count > 0; offset += part, count -= part)
        {
            cancellationToken.ThrowIfCancellationRequested();
            part = Math.Min(count, LargestPart);
            if (!port.Write(buffer, offset, part, TransportDefaults.WriteLimit, cancellationToken))
            {
                throw TransportErrors.WriteTimeout(PortName, TransportDefaults.WriteLimit);
            }
        }
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _port.Current.DiscardInput();
    }

    public void Reopen(CancellationToken cancellationToken) => _port.Reopen(cancellationToken);

    public void Dispose() => _port.Dispose();
}
