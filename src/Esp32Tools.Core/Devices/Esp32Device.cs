using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>
/// A session with one chip whose loader answers. Not thread-safe: one session, one thread. The port is closed, too, when
/// nobody holds the session any more.
/// </summary>
public sealed class Esp32Device : IDisposable
{
    private readonly ChipDefinition _chip;
    private LoaderClient _loader;
    private SecurityInfo? _securityInfo;
    private DeviceIdentity? _identity;
    private FlashIdentity? _flash;
    private long _flashSize;
    private bool _isLost;

    internal Esp32Device(LoaderClient loader, ChipDetection detection)
    {
        _loader = loader;
        _securityInfo = detection.Security;
        _chip = detection.Chip;
        PortName = loader.Channel.Transport.PortName;
    }

    /// <summary>The port of the chip.</summary>
    public string PortName { get; }

    /// <summary>Name of the chip, such as ESP32-C3.</summary>
    public string Chip => _chip.Name;

    /// <summary>The loader that answers: Stub or Rom.</summary>
    public string Loader => IsStub ? nameof(LoaderKind.Stub) : nameof(LoaderKind.Rom);

    /// <summary>True when the stub runs, false for the ROM.</summary>
    public bool IsStub => _loader.Dialect.IsStub;

    /// <summary>Baud rate in use.</summary>
    public int BaudRate => _loader.Channel.Transport.BaudRate;

    /// <summary>Open, or Closed once the session is over.</summary>
    public string State => IsClosed ? "Closed" : "Open";

    /// <summary>True once the session is over.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True when the loader allows only flash writes.</summary>
    public bool IsSecureDownloadMode => _securityInfo?.SecureDownloadMode ?? false;

    /// <summary>The chip's security information from the start of the session; null on the ESP32, which has none.</summary>
    internal SecurityInfo? SecurityInfo => _securityInfo;

    /// <summary>True when the security information reports secure boot. The ESP32 has none; see <see cref="ReadFlashProtection"/>.</summary>
    internal bool IsSecureBoot => _securityInfo?.SecureBoot ?? false;

    /// <summary>The flash that the loader reaches, in bytes from address 0, independent of the size of the memory.</summary>
    public long ReachableFlash => IsStub && _chip.Loader.StubReachesAbove16MB ? 1L << 32 : 16 << 20;

    /// <summary>MAC of the chip; null as long as nothing has read it.</summary>
    public string? KnownMac => _identity?.Mac;

    /// <summary>The options of the connection, for a reconnect.</summary>
    internal ConnectOptions Options { get; set; } = new();

    /// <summary>The loader, for custom requests. A reconnect replaces it.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SessionClosed"/></exception>
    public LoaderClient GetLoader() => IsClosed ? throw Closed() : _loader;

    /// <summary>The transport of the port.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SessionClosed"/></exception>
    public ISerialTransport GetTransport() => GetLoader().Channel.Transport;

    /// <summary>The chip model.</summary>
    public ChipDefinition GetChip() => _chip;

    /// <summary>Revision, package, MAC and crystal; read on first use.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public DeviceIdentity ReadIdentity(CancellationToken cancellationToken)
    {
        RequireRegisters("what it is");
        return _identity ??= DeviceIdentity.Read(GetLoader(), cancellationToken);
    }

    /// <summary>Reads the protection of the device; every call reads it again.</summary>
    public FlashProtection ReadFlashProtection(CancellationToken cancellationToken)
    {
        int revision = IsSecureDownloadMode ? 0 : ReadIdentity(cancellationToken).Revision;
        return FlashProtection.Read(GetLoader(), _securityInfo, revision, cancellationToken);
    }

    /// <summary>Makes the flash memory ready and identifies it; done on first use.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.FlashNotFound"/>, <see cref="ErrorCode.SecureDownloadMode"/></exception>
    public FlashIdentity OpenFlash(CancellationToken cancellationToken)
    {
        RequireRegisters("its flash memory");
        if (_flash is null)
        {
            _flash = FlashPort.Open(GetLoader(), cancellationToken);
            _flashSize = _flash.Value.Size ?? FlashPort.AssumedSize;
        }

        return _flash.Value;
    }

    /// <summary>Size of the flash in bytes according to its id; null where the id is not known, or cannot be read.</summary>
    public long? KnownFlashSize(CancellationToken cancellationToken) => IsSecureDownloadMode ? null : OpenFlash(cancellationToken).Size;

    /// <summary>
    /// Makes the flash memory ready for a write and gives its size in bytes. In secure download mode the size cannot be
    /// read and has to be given.
    /// </summary>
    /// <param name="givenSize">Size in bytes; null for the size that the flash reports.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public long PrepareFlash(long? givenSize, CancellationToken cancellationToken)
    {
        if (IsSecureDownloadMode)
        {
            if (givenSize is null)
            {
                throw new ChipException(
                    ErrorCode.SecureDownloadMode,
                    $"The chip on {PortName} is in secure download mode and does not report the size of its flash.",
                    "Give the flash size.")
                { Target = PortName };
            }

            FlashPort.Attach(GetLoader(), cancellationToken);
        }
        else
        {
            OpenFlash(cancellationToken);
        }

        if (givenSize is long size && size != _flashSize)
        {
            FlashPort.SetSize(GetLoader(), size, cancellationToken);
            _flashSize = size;
        }

        return _flashSize;
    }

    /// <summary>
    /// Ends the session, leaves the chip in the requested mode, and closes the port. A second call does nothing.
    /// </summary>
    public void Close(LeaveMode leave, CancellationToken cancellationToken)
    {
        if (IsClosed)
        {
            return;
        }

        try
        {
            DeviceExit.Leave(this, leave, cancellationToken);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Closes the port without sending anything to the chip.</summary>
    public void Dispose()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            _loader.Channel.Hold?.Release();
            _loader.Channel.Transport.Dispose();
        }
    }

    /// <summary>Sends every frame to a trace as well, until the returned object is disposed.</summary>
    /// <param name="trace">The trace, beside that of the connection.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SessionClosed"/></exception>
    public IDisposable TraceTo(IFrameTrace trace)
    {
        IFrameTrace? usual = GetLoader().Channel.Trace;
        SetTrace(usual is null ? trace : new TwoFrameTraces(usual, trace));
        trace.Identified(GetTransport().Clock.Now, _loader.Dialect);
        return new TraceEnd(() => SetTrace(usual));
    }

    // Also among the options: a reconnect makes a channel from them.
    private void SetTrace(IFrameTrace? trace)
    {
        Options = Options with { Trace = trace };
        _loader.Channel.Trace = trace;
    }

    /// <summary>Closes the session because its port went away; a later use says so.</summary>
    public void Lose()
    {
        _isLost |= !IsClosed;
        Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_chip.Name} on {PortName}";

    /// <summary>
    /// Continues over a new connection to the same chip: its flash is made ready again, with the size that it
    /// had before.
    /// </summary>
    internal void GoOnWith(Esp32Device connection, CancellationToken cancellationToken)
    {
        long size = _flashSize;
        connection._loader.Channel.Hold = _loader.Channel.Hold;
        _loader = connection._loader;
        _securityInfo = connection._securityInfo;
        _flash = null;
        _flashSize = 0;
        if (size > 0)
        {
            PrepareFlash(size, cancellationToken);
        }
    }

    /// <summary>The reason why the stub cannot be used here; null when it can.</summary>
    /// <param name="stub">The name of the stub.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal string? WhyNoStub(out string? stub, CancellationToken cancellationToken)
    {
        LoaderFacts facts = _chip.Loader;
        stub = facts.StubName;
        if (stub is null)
        {
            return $"There is no flasher stub for the {_chip.Name}: working through its ROM.";
        }

        if (IsSecureDownloadMode)
        {
            return $"The chip on {PortName} is in secure download mode: working through its ROM.";
        }

        if (facts.NoStubUnderSecureBoot && IsSecureBoot)
        {
            return $"Secure boot is on in the chip on {PortName}: working through its ROM.";
        }

        if (facts.EarlyStubs.Count > 0)
        {
            int revision = ReadRevision(cancellationToken);
            stub = facts.GetStub(revision);
            if (stub is null)
            {
                return $"There is no flasher stub for revision {DeviceIdentity.FormatRevision(revision)} of the {_chip.Name}: working through its ROM.";
            }
        }

        return StubStore.Contains(stub) ? null : $"This installation has no flasher stub '{stub}': working through the ROM.";
    }

    /// <summary>
    /// Stops the watchdogs that the ROM leaves running when it is reached over the chip's own USB port; they would reset
    /// the chip during an operation.
    /// </summary>
    internal void QuietWatchdogs(CancellationToken cancellationToken)
    {
        if (_chip.Watchdog is not { RunsOnUsbSerialJtag: true } dog || !GetTransport().Traits.IsUsbSerialJtag || IsSecureDownloadMode)
        {
            return;
        }

        const uint All = uint.MaxValue;
        List<RegisterWrite> writes = [new(dog.WriteProtect, dog.Key, All, 0), new(dog.Config0, 0, All, 0), new(dog.WriteProtect, 0, All, 0)];
        writes.Add(new(dog.SuperWriteProtect, dog.SuperKey, All, 0));
        writes.Add(new(dog.SuperConfig, dog.SuperAutoFeed, dog.SuperAutoFeed, 0));
        writes.Add(new(dog.SuperWriteProtect, 0, All, 0));
        GetLoader().Execute(new WriteRegisterRequest { Writes = writes }, cancellationToken);
    }

    /// <summary>Switches the supply of the flash on where the ROM leaves that to the host.</summary>
    internal void PowerFlash(CancellationToken cancellationToken)
    {
        if (_chip.Spi.PowerUp is not { } powerUp || IsSecureDownloadMode)
        {
            return;
        }

        uint Read(uint address) => GetLoader().ReadRegister(address, cancellationToken);
        foreach (RegisterStep step in powerUp(new EfuseView(_chip, ReadRevision(cancellationToken), Read)))
        {
            GetLoader().WriteRegister(step.Register, step.Value, step.Mask, step.MicrosecondsAfter, cancellationToken);
        }
    }

    // Before the stub runs, only this is worth a request.
    private int ReadRevision(CancellationToken cancellationToken) =>
        _chip.ReadRevision(address => GetLoader().ReadRegister(address, cancellationToken));

    /// <summary>Refuses to read registers in secure download mode.</summary>
    /// <param name="what">The purpose of the registers, for the message.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    internal void RequireRegisters(string what)
    {
        if (IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {PortName} is in secure download mode, which does not report {what}.",
                "Flash can still be written; its size has to be given.")
            { Target = PortName };
        }
    }

    private Esp32Exception Closed() => new(
        ErrorCode.SessionClosed,
        _isLost ? $"The session with {PortName} is over: its port went away." : $"The session with {PortName} is over.",
        "Connect again.")
    { Target = PortName };
}
