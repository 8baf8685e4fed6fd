using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport.Network;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>A serial port behind an RFC 2217 server, with baud rate and lines.</summary>
internal sealed class Rfc2217Transport : ISerialTransport
{
    // Time for late confirmations of the lines at opening, counted from the confirmation of everything else.
    private static readonly TimeSpan s_lineAnswerGrace = TimeSpan.FromMilliseconds(250);
    private const double BaudTolerance = 0.03;

    private readonly Rfc2217Options _options;
    private readonly TimeSpan? _writeLimit;
    private readonly Reopenable<Rfc2217Session> _session;
    private bool _confirmsLines;

    /// <summary>Connects and configures the remote port.</summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    internal Rfc2217Transport(
        NetworkPortName name, Rfc2217Options options, CancellationToken cancellationToken, TimeSpan? writeLimit = null)
    {
        PortName = name.Text;
        _options = options;
        _writeLimit = writeLimit;
        _session = new Reopenable<Rfc2217Session>(name.Text, token => Open(name, token), cancellationToken);
    }

    public string PortName { get; }

    public TransportTraits Traits { get; } = new() { SetsLinesTogether = false };

    public IClock Clock => SystemClock.Instance;

    public int BaudRate { get; private set; } = TransportDefaults.BaudRate;

    public void SetBaudRate(int baudRate, CancellationToken cancellationToken)
    {
        var request = Rfc2217Request.BaudRate(baudRate);
        if (baudRate <= 0)
        {
            throw TransportErrors.BaudRateUnsupported(PortName, baudRate, "a rate is a positive number");
        }

        _session.Current.Send(cancellationToken, request);
        _session.Current.Confirm(cancellationToken, request);
        CheckBaudRate(request, baudRate);
        BaudRate = baudRate;
    }

    /// <remarks>
    /// Each line is a separate request, so for a moment only one of them has changed. DTR goes first: the chip is then
    /// never out of reset before its boot pin is set. Only when both are released does RTS go first, for with DTR released
    /// and RTS still asserted the chip would be in reset. DTR is repeated after RTS for servers on Windows, whose usbser.sys
    /// sends RTS only with the next DTR.
    /// </remarks>
    public void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken)
    {
        var dtr = Rfc2217Request.DataTerminalReady(dataTerminalReady);
        var rts = Rfc2217Request.RequestToSend(requestToSend);
        Rfc2217Request[] requests = dataTerminalReady || requestToSend
            ? [dtr, rts, Rfc2217Request.DataTerminalReady(dataTerminalReady)]
            : [rts, dtr];
        _session.Current.Send(cancellationToken, requests);
        if (_confirmsLines)
        {
            _session.Current.Confirm(cancellationToken, requests);
        }
    }

    public int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count);
        return _session.Current.Read(buffer, offset, count, timeout, cancellationToken);
    }

    public void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        BufferRange.Check(buffer, offset, count, mayBeEmpty: true);
        _session.Current.Write(buffer, offset, count, cancellationToken);
    }

    /// <remarks>Data in transit on the network arrives before the server's confirmation, and is discarded with it.</remarks>
    public void DiscardInput(CancellationToken cancellationToken)
    {
        var purge = Rfc2217Request.Purge(ComPort.PurgeInput);
        _session.Current.Send(cancellationToken, purge);
        _session.Current.Confirm(cancellationToken, purge);
        _session.Current.DiscardArrived();
    }

    public void Reopen(CancellationToken cancellationToken) => _session.Reopen(cancellationToken);

    public void Dispose() => _session.Dispose();

    private Rfc2217Session Open(NetworkPortName name, CancellationToken cancellationToken)
    {
        var session = new Rfc2217Session(name, _options.AnswerTimeout, cancellationToken, _writeLimit);
        try
        {
            session.Negotiate(cancellationToken);
            SetUp(session, cancellationToken);
            return session;
        }
        catch (TransportException lost) when (lost.Code == ErrorCode.PortLost)
        {
            TransportException refusal = session.ExplainRefusal(lost);
            session.Dispose();
            throw refusal;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void SetUp(Rfc2217Session session, CancellationToken cancellationToken)
    {
        var baudRate = Rfc2217Request.BaudRate(BaudRate);
        Rfc2217Request[] format = [Rfc2217Request.DataSize(), Rfc2217Request.Parity(), Rfc2217Request.StopSize()];
        Rfc2217Request[] lines = [Rfc2217Request.RequestToSend(false), Rfc2217Request.DataTerminalReady(false)];
        var purge = Rfc2217Request.Purge(ComPort.PurgeBoth);
        session.Send(cancellationToken, [baudRate, .. format, Rfc2217Request.NoFlowControl(), .. lines, purge]);
        session.Confirm(cancellationToken, [baudRate, .. format, purge]);
        CheckBaudRate(baudRate, BaudRate);

        // A server whose port has no lines (ser2net on a pseudo-terminal) never confirms them, and neither do some others.
        // They still get the requests, but are not waited for.
        _confirmsLines = !_options.IgnoresLineAnswers && session.WaitFor(
            () => lines[0].Answer is not null && lines[1].Answer is not null, s_lineAnswerGrace, cancellationToken);
        session.DiscardArrived();
    }

    private void CheckBaudRate(Rfc2217Request request, int baudRate)
    {
        int actual = request.AnsweredNumber();
        if (Math.Abs(actual - (double)baudRate) > baudRate * BaudTolerance)
        {
            throw TransportErrors.BaudRateUnsupported(PortName, baudRate, $"the server offers {actual} instead");
        }
    }
}
