using System;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>A tty of Linux as a port.</summary>
internal sealed class LinuxSerialTransport : ISerialTransport
{
    private readonly TimeSpan _writeLimit;
    private readonly Reopenable<LinuxTerminal> _terminal;

    /// <summary>Opens the port.</summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal LinuxSerialTransport(
        string portName, TransportTraits traits, CancellationToken cancellationToken, TimeSpan? writeLimit = null)
    {
        PortName = portName;
        _writeLimit = writeLimit ?? TransportDefaults.WriteLimit;
        _terminal = new Reopenable<LinuxTerminal>(portName, _ => LinuxTerminal.Open(portName, BaudRate), cancellationToken);
        Traits = traits with { HasModemLines = _terminal.Current.HasModemLines };
    }

    public string PortName { get; }

    public TransportTraits Traits { get; }

    public IClock Clock => SystemClock.Instance;

    public int BaudRate { get; private set; } = TransportDefaults.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        if (baudRate <= 0)
        {
            throw TransportErrors.BaudRateUnsupported(PortName, baudRate, "a rate is a positive number");
        }

        LinuxTerminal terminal = _terminal.Current;
        WaitUntilSent(terminal, cancellationToken);
        terminal.SetBaudRate(baudRate);
        BaudRate = baudRate;
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _terminal.Current.SetModemLines(dataTerminalReady, requestToSend);
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count);
        LinuxTerminal terminal = _terminal.Current;
        var wait = new WaitSlices(timeout);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int got = terminal.Read(buffer, offset, count);
            if (got > 0 || wait.IsOver)
            {
                return got;
            }

            terminal.Poll(LibC.PollIn, wait.NextMilliseconds);
        }
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count, mayBeEmpty: true);
        LinuxTerminal terminal = _terminal.Current;
        var wait = new WaitSlices(_writeLimit);
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int taken = terminal.Write(buffer, offset, count);
            if (taken > 0)
            {
                offset += taken;
                count -= taken;
                wait = new WaitSlices(_writeLimit);
            }
            else if (wait.IsOver)
            {
                throw TransportErrors.WriteTimeout(PortName, _writeLimit);
            }
            else
            {
                terminal.Poll(LibC.PollOut, wait.NextMilliseconds);
            }
        }
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _terminal.Current.DiscardInput();
    }

    public void Reopen(CancellationToken cancellationToken) => _terminal.Reopen(cancellationToken);

    public void Dispose() => _terminal.Dispose();

    // The drain of the rate change itself (TCSETSW2) cannot be interrupted, so pending bytes go out first.
    private void WaitUntilSent(LinuxTerminal terminal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = new WaitSlices(_writeLimit);
        while (terminal.GetPendingOutput() > 0)
        {
            if (wait.IsOver)
            {
                throw TransportErrors.WriteTimeout(PortName, _writeLimit);
            }

            Clock.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
        }
    }
}
