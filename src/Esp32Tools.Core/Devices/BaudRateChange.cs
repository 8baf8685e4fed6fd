using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>Takes both ends to another baud rate and makes sure that they understand each other there.</summary>
internal static class BaudRateChange
{
    private const int ProbeAttempts = 3;
    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(50);

    public static void Apply(LoaderClient loader, int baudRate, CancellationToken cancellationToken)
    {
        ISerialTransport transport = loader.Channel.Transport;
        uint named = loader.Dialect.IsStub
            ? (uint)baudRate
            : RomBaudRate.ToName(baudRate, transport.BaudRate, loader.Dialect.Chip!, loader, cancellationToken);
        try
        {
            loader.Execute(new ChangeBaudRateRequest { NewRate = named, OldRate = (uint)transport.BaudRate }, cancellationToken);
            transport.SetBaudRate(baudRate, cancellationToken);
            loader.Channel.Trace?.Note(loader.Clock.Now, $"baud rate {baudRate}");
            loader.Clock.Delay(s_settle, cancellationToken);
            loader.Channel.DiscardInput(cancellationToken);
            Probe(loader, cancellationToken);
        }
        // That answers come twice, or that the time of the whole connection is over, is no fault of the rate.
        catch (LoaderException error) when (error.IsTransient || error.Code is not (ErrorCode.UnexpectedReply or ErrorCode.ReplyTimeout))
        {
            throw new LoaderException(
                ErrorCode.BaudRateChangeFailed,
                $"The chip on {transport.PortName} and the host do not understand each other at {baudRate} baud.",
                "Use a lower baud rate; bridge, cable and chip must all support it.",
                error)
            { Target = transport.PortName, IsTransient = true };
        }
    }

    // Shorter waits than usual for a request: at a wrong rate no answer comes.
    private static void Probe(LoaderClient loader, CancellationToken cancellationToken)
    {
        LoaderRequest probe = ProbeFor(loader.Dialect.Chip!);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                loader.Channel.Send(probe, cancellationToken);
                loader.Channel.Receive(probe, s_probeTimeout, cancellationToken);
                return;
            }
            catch (LoaderException) when (attempt < ProbeAttempts)
            {
                loader.Recover(cancellationToken);
            }
        }
    }

    // Secure download mode does not allow register reads, so the security information is requested where there is one.
    private static LoaderRequest ProbeFor(ChipDefinition chip) => chip.Loader.RomSecurityInfoLength > 0
        ? new GetSecurityInfoRequest()
        : new ReadRegisterRequest { Address = chip.Uart.Date };
}
