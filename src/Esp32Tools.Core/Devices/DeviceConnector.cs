using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Reset;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>
/// From a port to a session: reset into the loader, sync, detect the chip, start the stub, raise the baud rate.
/// </summary>
public static class DeviceConnector
{
    private const int SyncsPerAttempt = 5;
    private static readonly TimeSpan s_syncPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Opens the port and connects. On failure the port is closed again.</summary>
    /// <exception cref="TransportException">The port cannot be opened or was lost.</exception>
    /// <exception cref="LoaderException">Nothing answered, or the answers are not those of a loader.</exception>
    /// <exception cref="ChipException">The chip is unknown, or not the expected one.</exception>
    public static Esp32Device Connect(string portName, ConnectOptions options, CancellationToken cancellationToken)
    {
        ISerialTransport transport = TransportCatalog.Open(portName, cancellationToken);
        try
        {
            return Connect(transport, options, cancellationToken);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    /// <summary>Connects over an open port; the session owns the port from then on, unless this fails.</summary>
    public static Esp32Device Connect(ISerialTransport transport, ConnectOptions options, CancellationToken cancellationToken)
    {
        Esp32Device session = ConnectAgain(transport, options, cancellationToken);
        session.GetLoader().Channel.Hold = new PortHold(transport);
        return session;
    }

    /// <summary>Connects over the port of another session, which goes on owning it.</summary>
    internal static Esp32Device ConnectAgain(ISerialTransport transport, ConnectOptions options, CancellationToken cancellationToken)
    {
        var loader = new LoaderClient(new CommandChannel(transport, options.Trace) { Limit = new TimeLimit(transport.Clock, options.TimeLimit) });
        Esp32Exception? first = null;
        while (true)
        {
            try
            {
                return Start(loader, options, cancellationToken);
            }
            catch (Esp32Exception error) when (first is null && error.IsTransient && Resets(transport, options).Count > 0)
            {
                // A damaged request can do worse to a ROM than be refused: only blocks have a checksum, and an invalid address
                // stops the ROM. Nothing has been written yet, so a reset repairs all of that, once.
                options.Log?.Invoke($"{error.Message} Starting again.");
                loader.Channel.Dialect = LoaderDialect.UnknownRom;
                first = error;
            }
            catch (LoaderException error) when (first is not null && !error.IsTransient)
            {
                // It answered before: the first error says more than that the chip has stopped answering.
                throw first;
            }
        }
    }

    private static Esp32Device Start(LoaderClient loader, ConnectOptions options, CancellationToken cancellationToken)
    {
        ISerialTransport transport = loader.Channel.Transport;
        bool stubRunning = options.Before == ConnectReset.NoResetNoSync
            ? options.UseStub
            : SayHello(loader, options, cancellationToken);

        if (stubRunning)
        {
            loader.Channel.Dialect = new LoaderDialect(null, IsStub: true);
        }

        ChipDetection found = ChipDetector.Detect(loader, options.Chip, cancellationToken);
        loader.Channel.Dialect = new LoaderDialect(found.Chip, stubRunning)
        {
            IsUsbOtg = found.Chip.Usb.HasOtg && transport.Traits.IsUsbOtgOf(found.Chip.ImageChipId),
        };

        var session = new Esp32Device(loader, found) { Options = options };
        if (!stubRunning)
        {
            session.QuietWatchdogs(cancellationToken);
            session.PowerFlash(cancellationToken);
            if (options.UseStub)
            {
                StartStub(session, options, cancellationToken);
            }
        }

        ChangeBaudRate(session, options, cancellationToken);
        loader.Channel.Limit = null;
        return session;
    }

    private static void StartStub(Esp32Device session, ConnectOptions options, CancellationToken cancellationToken)
    {
        if (session.WhyNoStub(out string? stub, cancellationToken) is string reason)
        {
            options.Log?.Invoke(reason);
            return;
        }

        uint? pointer = session.IsSecureBoot ? session.GetChip().Loader.StubStartPointer : null;
        StubLoader.Start(session.GetLoader(), StubStore.Get(stub!), pointer, cancellationToken);
    }

    private static void ChangeBaudRate(Esp32Device session, ConnectOptions options, CancellationToken cancellationToken)
    {
        ISerialTransport transport = session.GetTransport();
        if (options.BaudRate == transport.BaudRate || !transport.Traits.HasBaudRate)
        {
            return;
        }

        if (session.IsSecureDownloadMode && !session.GetChip().Loader.ChangesBaudRateInSecureDownload)
        {
            options.Log?.Invoke(
                $"The {session.GetChip().Name} on {session.PortName} keeps its baud rate in secure download mode: working at {transport.BaudRate} baud.");
            return;
        }

        BaudRateChange.Apply(session.GetLoader(), options.BaudRate, cancellationToken);
    }

    // True when a stub answered.
    private static bool SayHello(LoaderClient loader, ConnectOptions options, CancellationToken cancellationToken)
    {
        ISerialTransport transport = loader.Channel.Transport;
        IReadOnlyList<ResetSequence> resets = Resets(transport, options);
        var witness = new ConnectWitness();
        int firstRate = resets.Count > 0 ? Math.Min(ConnectOptions.InitialBaudRate, options.BaudRate) : ConnectOptions.InitialBaudRate;
        SetRate(transport, firstRate, cancellationToken);
        for (int attempt = 0; attempt < options.Attempts; attempt++)
        {
            if (resets.Count > 0)
            {
                ResetSequence reset = resets[attempt % resets.Count];
                loader.Channel.DiscardInput(cancellationToken);
                loader.Channel.Trace?.Note(loader.Clock.Now, $"reset ({reset.Name}): {reset}");
                PortReset.Run(reset, transport, cancellationToken);
            }
            else
            {
                // A stub left running still uses the baud rate of the session before.
                SetRate(transport, attempt % 2 == 1 ? options.BaudRate : firstRate, cancellationToken);
            }

            if (TrySync(loader, witness, cancellationToken) is bool isStub)
            {
                return isStub;
            }

            options.Log?.Invoke($"No answer from {transport.PortName}, attempt {attempt + 1} of {options.Attempts}.");
        }

        throw witness.Explain(transport);
    }

    private static void SetRate(ISerialTransport transport, int baudRate, CancellationToken cancellationToken)
    {
        if (transport.Traits.HasBaudRate && transport.BaudRate != baudRate)
        {
            transport.SetBaudRate(baudRate, cancellationToken);
        }
    }

    private static IReadOnlyList<ResetSequence> Resets(ISerialTransport transport, ConnectOptions options)
    {
        if (options.Before is ConnectReset.NoReset or ConnectReset.NoResetNoSync || !transport.Traits.HasModemLines)
        {
            return [];
        }

        if (options.ResetSequence is not null)
        {
            return [options.ResetSequence];
        }

        return options.Before == ConnectReset.UsbReset
            ? [ResetSequences.UsbSerialJtag]
            : ResetSequences.IntoLoader(transport.Traits);
    }

    private static bool? TrySync(LoaderClient loader, ConnectWitness witness, CancellationToken cancellationToken)
    {
        for (int i = 0; i < SyncsPerAttempt; i++)
        {
            try
            {
                witness.Look(loader.Channel, cancellationToken);
                loader.Channel.DiscardInput(cancellationToken);
                return Sync(loader, witness.HeardLate ? LoaderTimeouts.SlowSync : LoaderTimeouts.Sync, cancellationToken);
            }
            catch (LoaderException)
            {
                witness.Take(loader.Channel);
                loader.Clock.Delay(s_syncPause, cancellationToken);
            }
            catch (TransportException error) when (PortReturn.GoesAway(loader.Channel.Transport, error) && i + 1 < SyncsPerAttempt)
            {
                // The chip provides this port itself, and was just reset.
                PortReturn.Await(loader.Channel.Transport, cancellationToken);
            }
        }

        return null;
    }

    // One sync has eight answers; a stub puts zero into all of their values, a ROM never does.
    private static bool Sync(LoaderClient loader, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new SyncRequest { AnswerTimeout = timeout };
        bool isStub = loader.Channel.Exchange(request, cancellationToken).Value == 0;
        for (int i = 0; i < 7; i++)
        {
            try
            {
                isStub &= loader.Channel.Receive(request, timeout, cancellationToken).Value == 0;
            }
            catch (LoaderException) when (i > 0)
            {
                // One lost answer among eight is no reason to give up; the next exchange starts clean.
                break;
            }
        }

        loader.Channel.DiscardInput(cancellationToken);
        return isStub;
    }
}
