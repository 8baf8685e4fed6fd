using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>
/// A port whose other end is a script, in a time of its own. A script sees every frame the host writes
/// (<see cref="FrameWritten"/>) and every change of the lines (<see cref="LinesSet"/>) and answers by <see cref="Arrive"/>,
/// now or later; <see cref="Expect"/> is the short form for frames in a given order. A port can be lost at any call
/// (<see cref="LoseAtCall"/>), and something else can be done there (<see cref="BeforeCall"/>), such as to cancel.
/// </summary>
internal sealed class ScriptedTransport : ISerialTransport
{
    // A test that comes here waits for something that never happens: better to fail than to hang.
    private const int MostCalls = 200_000;

    private readonly List<(TimeSpan Due, byte[] Bytes)> _arriving = [];
    private readonly Queue<(byte[] Payload, byte[][] Answers)> _expected = new();
    private readonly List<byte> _partOfFrame = [];
    private readonly VirtualClock _clock;

    public ScriptedTransport(TransportTraits? traits = null, string portName = "scripted:port")
    {
        _clock = new VirtualClock(EnterCall);
        Traits = traits ?? new TransportTraits();
        PortName = portName;
    }

    public string PortName { get; }

    public TransportTraits Traits { get; }

    public IClock Clock => _clock;

    public int BaudRate { get; private set; } = 115200;

    public bool DataTerminalReady { get; private set; }

    public bool RequestToSend { get; private set; }

    public bool IsDisposed { get; private set; }

    public int ReopenCount { get; private set; }

    /// <summary>Calls of the host so far: reads, writes, waits, lines, rates.</summary>
    public int Calls { get; private set; }

    /// <summary>Payloads of all frames written.</summary>
    public List<byte[]> Written { get; } = [];

    /// <summary>Baud rates set, in order.</summary>
    public List<int> RatesSet { get; } = [];

    /// <summary>The line levels set, in order.</summary>
    public List<(bool DataTerminalReady, bool RequestToSend, TimeSpan Time)> Lines { get; } = [];

    /// <summary>The rate the other end understands; null for any. What is written at another rate is lost.</summary>
    public int? ListensAt { get; set; }

    /// <summary>Called for every frame that was written and heard.</summary>
    public Action<byte[]>? FrameWritten { get; set; }

    /// <summary>Called after the lines were set: DTR and RTS, true for asserted.</summary>
    public Action<bool, bool>? LinesSet { get; set; }

    /// <summary>Bytes that come without end, a piece each time nothing else is there; null for silence.</summary>
    public Func<byte[]>? Chatter { get; set; }

    /// <summary>Called at the beginning of every call with its number, from 1.</summary>
    public Action<int>? BeforeCall { get; set; }

    /// <summary>The call at which the port goes away, for good unless it is reopened.</summary>
    public int? LoseAtCall { get; set; }

    /// <summary>True while the port is gone.</summary>
    public bool IsLost { get; set; }

    /// <summary>How often reopening fails before it works; a port that comes back late.</summary>
    public int FailingReopens { get; set; } = int.MaxValue;

    /// <summary>Sends bytes to the host, as they are on the wire.</summary>
    public void Arrive(byte[] wire, TimeSpan after = default)
    {
        TimeSpan due = _clock.Now + after;
        int index = _arriving.FindLastIndex(arrival => arrival.Due <= due) + 1;
        _arriving.Insert(index, (due, wire));
    }

    /// <summary>Sends a frame to the host.</summary>
    public void ArriveFrame(byte[] payload, TimeSpan after = default) => Arrive(TestSlip.Frame(payload), after);

    /// <summary>The next frame has to be this one, and these frames are the answer. To be used without a script.</summary>
    public ScriptedTransport Expect(byte[] payload, params byte[][] answers)
    {
        _expected.Enqueue((payload, answers));
        FrameWritten = Meet;
        return this;
    }

    /// <summary>Fails when a frame that is expected was never written.</summary>
    public void AssertMetAll() =>
        Xunit.Assert.True(_expected.Count == 0, $"{_expected.Count} expected frames were not written.");

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        BaudRate = baudRate;
        RatesSet.Add(baudRate);
    }

    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        DataTerminalReady = dataTerminalReady;
        RequestToSend = requestToSend;
        Lines.Add((dataTerminalReady, requestToSend, _clock.Now));
        LinesSet?.Invoke(dataTerminalReady, requestToSend);
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        if (Chatter is not null && !_arriving.Any(arrival => arrival.Due <= _clock.Now))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(0.1));
            Arrive(Chatter());
        }

        if (_arriving.Count == 0 || _arriving[0].Due > _clock.Now + timeout)
        {
            _clock.Advance(timeout);
            return 0;
        }

        (TimeSpan due, byte[] bytes) = _arriving[0];
        _clock.Advance(due - _clock.Now);
        int taken = Math.Min(count, bytes.Length);
        Array.Copy(bytes, 0, buffer, offset, taken);
        _arriving.RemoveAt(0);
        if (taken < bytes.Length)
        {
            _arriving.Insert(0, (due, bytes[taken..]));
        }

        return taken;
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        bool heard = ListensAt is null || ListensAt == BaudRate;
        foreach (byte value in buffer.AsSpan(offset, count))
        {
            _partOfFrame.Add(value);
            if (value == 0xC0 && _partOfFrame.Count > 1)
            {
                byte[] payload = TestSlip.Payloads(_partOfFrame).Single();
                _partOfFrame.Clear();
                Written.Add(payload);
                if (heard)
                {
                    FrameWritten?.Invoke(payload);
                }
            }
        }
    }

    public void DiscardInput(CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        _arriving.RemoveAll(arrival => arrival.Due <= _clock.Now);
    }

    public void Reopen(CancellationToken cancellationToken)
    {
        Calls++;
        cancellationToken.ThrowIfCancellationRequested();
        if (IsLost && ReopenCount++ < FailingReopens)
        {
            throw new TransportException(ErrorCode.PortNotFound, $"There is no port {PortName}.") { Target = PortName };
        }

        IsLost = false;
        DataTerminalReady = false;
        RequestToSend = false;
    }

    public void Dispose() => IsDisposed = true;

    private void Meet(byte[] payload)
    {
        Xunit.Assert.True(_expected.Count > 0, $"Nothing was expected, but {Convert.ToHexString(payload)} was written.");
        (byte[] expected, byte[][] answers) = _expected.Dequeue();
        Xunit.Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(payload));
        foreach (byte[] answer in answers)
        {
            ArriveFrame(answer);
        }
    }

    private void Enter(CancellationToken cancellationToken)
    {
        EnterCall();
        cancellationToken.ThrowIfCancellationRequested();
        if (IsLost)
        {
            throw new TransportException(ErrorCode.PortLost, $"The port {PortName} is gone.") { Target = PortName };
        }
    }

    private void EnterCall()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (++Calls > MostCalls)
        {
            throw new InvalidOperationException("The host waits without end.");
        }

        BeforeCall?.Invoke(Calls);
        if (Calls == LoseAtCall)
        {
            IsLost = true;
        }
    }
}
