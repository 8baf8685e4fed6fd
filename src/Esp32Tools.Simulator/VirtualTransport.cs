using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Link;

namespace Esp32Tools.Simulator;

/// <summary>
/// The port of a virtual board. It has no thread of its own: the calls do all work of the board that is due. One thread
/// may read while another writes.
/// </summary>
internal sealed class VirtualTransport : ISerialTransport
{
    private const int HighestBaudRate = 8_000_000;

    // The bytes that a system buffers before a writer must wait: the size of a Linux serial driver's buffer.
    private const int WriteBuffer = 4096;

    private readonly Esp32Simulator _board;
    private readonly BoardWait _wait;
    private int _life;
    private bool _closed;

    public VirtualTransport(Esp32Simulator board, IClock clock, bool hasBaudRate)
    {
        _board = board;
        _wait = new BoardWait(board, clock);
        Clock = clock;
        _life = board.Life;
        Traits = new TransportTraits
        {
            HasModemLines = true,
            SetsLinesTogether = true,
            HasBaudRate = hasBaudRate,
            VendorId = board.Usb.Identity.Vendor,
            ProductId = board.Usb.Identity.Product,
        };
    }

    public string PortName => _board.PortName;

    public TransportTraits Traits { get; }

    public IClock Clock { get; }

    public int BaudRate { get; private set; } = Devices.Uart.BootBaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (baudRate is <= 0 or > HighestBaudRate)
        {
            throw new TransportException(
                ErrorCode.PortUnsupported,
                $"{PortName} cannot do {baudRate} baud.",
                "Choose a rate up to 8000000 baud.")
            { Target = PortName };
        }

        lock (_board.Gate)
        {
            Check();
            _wait.Enter();
            _wait.Leave(_wait.Until(() => Link.InputDone, cancellationToken));
            Check();
            Link.HostBaudRate = Traits.HasBaudRate ? baudRate : Link.HostBaudRate;
            BaudRate = baudRate;
        }
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_board.Gate)
        {
            Check();
            _board.SetLines(dataTerminalReady, requestToSend);
            Monitor.PulseAll(_board.Gate);
        }
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_board.Gate)
        {
            long start = _wait.Enter();
            long deadline = timeout.Ticks > long.MaxValue - start ? long.MaxValue : start + timeout.Ticks;
            while (true)
            {
                _board.Advance();
                int read = Link.ToHost(_board.Now, buffer, offset, count);
                if (read > 0)
                {
                    _wait.Leave(Link.LastReadVisible);
                    return read;
                }

                Check();
                if (_board.Now >= deadline)
                {
                    _wait.Leave(deadline);
                    return 0;
                }

                _wait.Once(Math.Min(deadline, Math.Min(_board.NextEvent, Link.NextOutput)), cancellationToken);
            }
        }
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_board.Gate)
        {
            _board.Advance();
            Check();
            Link.FromHost(_wait.Enter(), buffer, offset, count, _board.Machine.Listens);
            _board.Advance();
            Monitor.PulseAll(_board.Gate);
            Check();
            _wait.Leave(_board.Options.Timing is null ? 0 : _wait.Until(() => Link.InputDone - BufferTime, cancellationToken));
        }
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_board.Gate)
        {
            Check();
            _board.Advance();
            byte[] sink = new byte[WriteBuffer];
            while (Link.ToHost(_board.Now, sink, 0, sink.Length) > 0)
            {
            }
        }
    }

    public void Reopen(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_board.Gate)
        {
            if (_closed)
            {
                throw Lost("was closed");
            }

            _board.SetLines(false, false);
            Link.HostCloses();
            _board.Plug();
            _board.RequireUsb();
            _life = _board.Life;
        }
    }

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _board.Close(this);
        }
    }

    private SerialLink Link => _board.Machine.Link;

    private long BufferTime => WriteBuffer * 10 * TimeSpan.TicksPerSecond / BaudRate;

    private void Check()
    {
        if (_closed)
        {
            throw Lost("was closed");
        }

        if (Link.Unplugged is not null || _life != _board.Life)
        {
            throw Lost("went away");
        }
    }

    private TransportException Lost(string how) => new(
        ErrorCode.PortLost,
        $"{PortName} {how}.",
        "Check the cable and open the port again.")
    { Target = PortName };
}
