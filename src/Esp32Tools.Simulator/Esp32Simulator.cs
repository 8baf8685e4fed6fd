using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Lines;
using Esp32Tools.Simulator.Loader;
using Esp32Tools.Simulator.State;

namespace Esp32Tools.Simulator;

/// <summary>
/// A board that exists in memory only: a chip, its flash, and the circuit that lets the two modem lines of a serial port
/// reset it. Safe to use from several threads; one port at a time may be open.
/// </summary>
public sealed class Esp32Simulator
{
    private readonly object _gate = new();
    private readonly ChipDefinition _chip;
    private readonly NorFlash _flash;
    private readonly EfuseController _efuse;
    private readonly ChipMachine _machine;
    private readonly ResetCircuit _circuit;
    private readonly BoardCable _cable;
    private readonly BoardFolder? _folder;
    private readonly BoardClock _clock;
    private readonly BoardEvents _events;
    private VirtualTransport? _port;

    /// <summary>Makes a board and gives it power.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnknown"/>, <see cref="ErrorCode.ChipUnsupported"/></exception>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.ValueInvalid"/>, <see cref="ErrorCode.SimulatorStateInvalid"/>: a file does not fit the board.
    /// </exception>
    public Esp32Simulator(SimulatorOptions options)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        _chip = ChipCatalog.ByName(options.Chip);
        Name = options.Name ?? _chip.Key;
        _clock = new BoardClock(options.Clock ?? (options.Timing is null ? new VirtualClock() : SystemClock.Instance));
        _folder = options.StatePath is null ? null : new BoardFolder(options.StatePath);
        Usb = new UsbDevice(options, _chip);
        _circuit = ResetCircuit.For(options, () => _machine!.Listens);
        _machine = BoardSetup.Make(options, _chip, _circuit, _folder);
        _flash = _machine.Flash;
        _efuse = _machine.Efuse;
        _cable = new BoardCable(_machine, _flash, _circuit);
        _events = new BoardEvents(_clock, _machine, _circuit, _cable);
        ResetRise = options.ResetRise;
        Arm(options.Faults);
        _machine.Reset(0, ResetReason.PowerOn);
        _machine.Restarted = GoAway;
        _efuse.Burned = SaveState;
        _machine.Link.HostCloses();
    }

    /// <summary>The options that the board was made with.</summary>
    internal SimulatorOptions Options { get; }

    /// <summary>Name of the board, the part behind <c>virtual:</c>.</summary>
    public string Name { get; }

    /// <summary>The name of its port, such as <c>virtual:esp32</c>.</summary>
    public string PortName => VirtualTransportProvider.Scheme + Name;

    /// <summary>Name of the chip, such as ESP32-C3.</summary>
    public string Chip => _chip.Name;

    /// <summary>JEDEC id of the flash part, as its data sheet writes it: maker in bits 23:16.</summary>
    public uint FlashId => FlashPart.Id;

    /// <summary>Size of the flash part in bytes.</summary>
    public long FlashSize => FlashPart.Size;

    /// <summary>The kind of program that the processor runs: the name of a <see cref="BoardState"/>.</summary>
    public string State => GetState().ToString();

    /// <summary>True while its port is open.</summary>
    public bool IsOpen => AtPresent(() => _port is not null);

    /// <summary>True while its cable is in.</summary>
    public bool IsPluggedIn => AtPresent(() => _cable.IsIn);

    /// <summary>The crystal on the board, in MHz.</summary>
    public int CrystalMHz => _machine.CrystalMHz;

    /// <summary>The PSRAM in the package of the chip, as eFuse says; null for none.</summary>
    public EmbeddedMemory? Psram => BoardSetup.PsramOf(_machine);

    /// <summary>The modem lines that are wired to the chip.</summary>
    public string ResetWiring => Options.ResetWiring.ToString();

    /// <summary>The delay of the USB bridge, in seconds.</summary>
    public double BridgeLatencySeconds => (Options.Timing?.UsbLatency ?? TimeSpan.Zero).TotalSeconds;

    /// <summary>The rise time of the reset pin, in seconds; see <see cref="SimulatorOptions.ResetRise"/>.</summary>
    public double ResetRiseSeconds
    {
        get => ResetRise.TotalSeconds;
        set => ResetRise = TimeSpan.FromTicks((long)(value * TimeSpan.TicksPerSecond));
    }

    /// <summary>The flash part.</summary>
    internal FlashPart FlashPart => _flash.Part;

    internal TimeSpan ResetRise { get; set; }

    internal object Gate => _gate;

    /// <summary>A number that changes each time the port goes away: one that was opened before is then dead.</summary>
    internal int Life => Usb.Life + _cable.Pulls;

    /// <summary>The folder of its saved state; null for none.</summary>
    internal BoardFolder? Folder => _folder;

    internal ChipMachine Machine => _machine;

    internal EfuseController Efuse => _efuse;

    /// <summary>The USB device that the chip may be.</summary>
    internal UsbDevice Usb { get; }

    /// <summary>The chip model.</summary>
    public ChipDefinition GetChip() => _chip;

    /// <summary>The kind of program that the processor runs.</summary>
    public BoardState GetState() => AtPresent(() => _machine.State);

    /// <summary>Opens the board's port.</summary>
    /// <param name="clock">
    /// The time the port lives in; null for the board's own. A server must ask for <see cref="SystemClock"/>, since
    /// its client lives in real time.
    /// </param>
    /// <param name="hasBaudRate">
    /// False for a port that is not told its client's rate, such as a raw socket: it then always has the
    /// chip's rate.
    /// </param>
    /// <exception cref="TransportException">
    /// <see cref="ErrorCode.PortInUse"/>: it is open. <see cref="ErrorCode.PortNotFound"/>: a fault has pulled its cable, or
    /// the chip makes the port itself and has just been reset.
    /// </exception>
    public ISerialTransport Open(IClock? clock = null, bool hasBaudRate = true)
    {
        lock (_gate)
        {
            // A port that is not there is not in use, whoever had it open.
            Plug();
            if (_port is not null)
            {
                throw BoardErrors.InUse(PortName);
            }

            if ((clock ?? Options.Clock) is { } other)
            {
                _clock.Use(other);
            }

            _clock.SkipTo(Usb.BackAt);
            RequireUsb();
            _port = new VirtualTransport(this, _clock.Source, hasBaudRate && Options.Connection == BoardConnection.Uart);
            _machine.Link.HostBaudRate = hasBaudRate ? Devices.Uart.BootBaudRate : null;
            return _port;
        }
    }

    /// <summary>Switches the power off and on again. An open port stays open.</summary>
    public void PowerCycle()
    {
        lock (_gate)
        {
            Advance();
            _cable.PutBack(Now);
            _flash.PowerUp();
            _events.PowerCycle();
        }
    }

    /// <summary>
    /// Pulls the cable, which carries the power as well: an open port is lost, and there is none until <see cref="Replug"/>.
    /// </summary>
    public void Unplug()
    {
        lock (_gate)
        {
            Advance();
            _cable.Pull(Now);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Puts the cable back, whatever pulled it: the chip starts anew, and its port can be opened again.</summary>
    public void Replug()
    {
        lock (_gate)
        {
            _cable.PutBack(Now);
        }
    }

    /// <summary>Replaces the fault plan; its counts begin now, and a cable that was pulled is plugged in again.</summary>
    public void Arm(FaultPlan plan)
    {
        lock (_gate)
        {
            _cable.PutBack(Now);
            _machine.Link.Faults = plan.Faults.Count == 0 ? null : new FaultEngine(plan);
        }
    }

    /// <summary>Reads the flash from outside, without the chip.</summary>
    public byte[] ReadFlash(uint address, int count)
    {
        lock (_gate)
        {
            return _flash.Read(address, count);
        }
    }

    /// <summary>Overwrites bytes of the flash from outside, as a programmer with clips does.</summary>
    public void LoadFlash(uint address, byte[] data)
    {
        lock (_gate)
        {
            _flash.Cells.Write(address, data, 0, data.Length);
        }
    }

    /// <summary>The eFuses of a block as they are in silicon, check bytes included and protection ignored.</summary>
    public byte[] ReadEfuseBlock(int block)
    {
        lock (_gate)
        {
            return (byte[])_efuse.Fuses[block].Clone();
        }
    }

    /// <summary>Saves flash and eFuses to a folder: all of it, or nothing when that fails.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public void Save(string path) => Save(new BoardFolder(path));

    /// <inheritdoc/>
    public override string ToString() => $"{PortName} ({Chip})";

    internal long Now => _clock.Now;

    /// <inheritdoc cref="BoardEvents.Next"/>
    internal long NextEvent => _events.Next;

    /// <inheritdoc cref="BoardEvents.Advance"/>
    internal void Advance() => _events.Advance();

    internal void SetLines(bool dataTerminalReady, bool requestToSend) => _events.SetLines(dataTerminalReady, requestToSend, ResetRise);

    internal void Close(VirtualTransport port)
    {
        lock (_gate)
        {
            if (_port != port)
            {
                return;
            }

            SetLines(false, false);
            _events.FinishReset();
            _machine.Link.HostCloses();
            _port = null;
            SaveState();
        }
    }

    /// <summary>Puts the cable back if the fault that pulled it allows that, and throws if it does not.</summary>
    internal void Plug() => _cable.PutBackIfAllowed(Now, PortName);

    /// <summary>Throws unless the port is there.</summary>
    internal void RequireUsb()
    {
        if (Usb.BackAt > Now)
        {
            throw BoardErrors.UsbAway(PortName);
        }
    }

    private void GoAway(ResetReason reason)
    {
        if (Usb.Restart(reason, _machine.Now))
        {
            _circuit.Release();
            _machine.Link.HostCloses();
        }
    }

    private T AtPresent<T>(Func<T> look)
    {
        lock (_gate)
        {
            Advance();
            return look();
        }
    }

    private void SaveState()
    {
        if (_folder is not null)
        {
            Save(_folder);
        }
    }

    private void Save(BoardFolder folder)
    {
        lock (_gate)
        {
            folder.Write(SavedBoard.Of(_machine, Name), _flash.Cells, _efuse.Save());
        }
    }
}
