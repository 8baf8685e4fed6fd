using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Devices;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Simulator.Lines;
using Esp32Tools.Simulator.Link;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Loader;

/// <summary>
/// The chip: processor, memory, devices, flash, and its end of the wire. The processor is a cursor in time: work moves
/// it forward, and sent bytes leave at the cursor's time.
/// </summary>
internal sealed class ChipMachine
{
    // The usual crystal, where the chip allows more than one.
    private const int UsualMHz = 40;

    private readonly SimulatorOptions _options;
    private readonly BootChoice _boot;
    private IProgram _program;
    private long _now;

    /// <param name="facts">Which chip.</param>
    /// <param name="options">The board's options.</param>
    /// <param name="flash">Its flash.</param>
    /// <param name="efuse">Its eFuses.</param>
    /// <param name="circuit">The circuit between the modem lines and the chip.</param>
    public ChipMachine(ChipDefinition facts, SimulatorOptions options, NorFlash flash, EfuseController efuse, ResetCircuit circuit)
    {
        _options = options;
        Facts = facts;
        Flash = flash;
        Efuse = efuse;
        Bus = new MemoryBus(facts.MemoryMap, facts.Peripherals);
        Uart = new Uart(facts.Uart, CrystalHz, options.AutobaudDivider);
        Spi = new SpiController(facts.Spi, new NorFlashPins(flash, () => _now, CellTicks));
        Watchdog = facts.Watchdog is { } dog ? new Watchdog(dog, () => _now) : null;
        Link = new SerialLink(Uart, options, facts.Loader);
        efuse.Faults = () => Link.Faults;
        _program = new HaltedProgram();
        _boot = new BootChoice(this, circuit);
        Bus.Add(Efuse);
        Bus.Add(Uart);
        Bus.Add(Spi);
        if (Watchdog is not null)
        {
            Bus.Add(Watchdog);
        }
    }

    /// <summary>The facts of the chip.</summary>
    public ChipDefinition Facts { get; }

    public NorFlash Flash { get; }

    public EfuseController Efuse { get; }

    public MemoryBus Bus { get; }

    public Uart Uart { get; }

    public SpiController Spi { get; }

    public Watchdog? Watchdog { get; }

    public SerialLink Link { get; }

    /// <summary>Called when the chip has restarted.</summary>
    public Action<ResetReason>? Restarted { get; set; }

    public RamImage Ram { get; private set; } = new();

    public SimulatorOptions Options => _options;

    public FaultEngine? Faults => Link.Faults;

    /// <summary>The processor's time.</summary>
    public long Now => _now;

    /// <summary>True while it takes frames.</summary>
    public bool Listens => _program.Listens;

    /// <summary>The kind of program that runs, for display.</summary>
    public BoardState State => _program switch
    {
        RomLoader => BoardState.RomLoader,
        StubLoader => BoardState.Stub,
        ApplicationProgram or RamProgram => BoardState.Application,
        _ => BoardState.Halted,
    };

    /// <summary>The time of the next event, in ticks: a frame, or the watchdog.</summary>
    public long NextEvent
    {
        get
        {
            long frame = Link.NextFrame is { } next ? Math.Max(next.Arrival, _now) : long.MaxValue;
            return Math.Min(frame, Watchdog?.Due ?? long.MaxValue);
        }
    }

    /// <summary>Carries out the event of <see cref="NextEvent"/>.</summary>
    public void Step()
    {
        long due = NextEvent;
        if (Watchdog is { } watchdog && watchdog.Due <= due)
        {
            Reset(watchdog.Due, ResetReason.Watchdog);
            return;
        }

        InputFrame frame = Link.TakeFrame();
        _now = due;
        if (frame.Payload is null)
        {
            Reset(due, ResetReason.BrownOut);
            return;
        }

        _program.Handle(frame);
    }

    /// <summary>Restarts the chip.</summary>
    /// <param name="time">Time of the reset, in ticks.</param>
    /// <param name="reason">Why.</param>
    public void Reset(long time, ResetReason reason)
    {
        _now = time;
        Link.ChipStops(time);
        Watchdog?.Reset();
        Ram = new RamImage();
        Spi.IsAttached = false;
        Efuse.Refresh();
        Spi.Supply = new FlashSupply(new EfuseView(Facts, new ChipSecurity(this).Revision, Bus.Read));
        bool loader = _boot.Choose(reason);
        Uart.Reset(autobaud: loader);
        if (Facts.Boot.StrapRegister is uint register)
        {
            Bus.Write(register, _boot.Strap);
        }

        if (loader && _options.Connection == BoardConnection.UsbSerialJtag && Facts.Watchdog is { RunsOnUsbSerialJtag: true })
        {
            Watchdog!.RunUnfed();
        }

        uint strap = loader ? _boot.DownloadStrap : Facts.Boot.ApplicationStrap;
        Become(loader ? new RomLoader(this) : new ApplicationProgram(this), BootLog.Header(Facts.Boot, reason, strap));
        Restarted?.Invoke(reason);
    }

    /// <summary>Stops the processor until the next reset, as an exception does.</summary>
    public void Halt() => _program = new HaltedProgram();

    /// <summary>The processor is held in reset, or has no power.</summary>
    public void Stop(long time)
    {
        _now = time;
        Link.ChipStops(time);
        Watchdog?.Reset();
        Halt();
    }

    /// <summary>Another program takes over.</summary>
    public void Become(IProgram program, byte[]? saying = null)
    {
        _program = program;
        if (saying is not null)
        {
            Send(saying);
        }

        program.Start();
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Send(byte[] bytes) => Link.FromChip(_now, bytes);

    /// <summary>Sends a payload in a frame.</summary>
    public void SendFrame(byte[] payload) => Send(SlipSender.Frame(payload));

    /// <summary>The processor is busy.</summary>
    public void Spend(TimeSpan time)
    {
        if (_options.Timing is not null)
        {
            _now += time.Ticks;
        }
    }

    /// <summary>Writes a register.</summary>
    /// <returns>False when the supply dipped meanwhile and the chip has restarted.</returns>
    public bool WriteRegister(uint address, uint value)
    {
        Bus.Write(address, value);
        if (!Efuse.IsBroken)
        {
            return true;
        }

        BrownOut();
        return false;
    }

    /// <summary>The supply dips while the processor works: all its pending work is dropped.</summary>
    public void BrownOut() => Reset(_now, ResetReason.BrownOut);

    /// <summary>The crystal on the board, in MHz.</summary>
    public int CrystalMHz => _options.CrystalMHz ?? (Facts.Crystal.ChoicesMHz.Contains(UsualMHz) ? UsualMHz : Facts.Crystal.ChoicesMHz[0]);

    private int CrystalHz => CrystalMHz * 1_000_000;

    private long CellTicks(TimeSpan time) => _options.Timing is null ? 0 : time.Ticks;
}
