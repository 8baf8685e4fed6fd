using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Devices;

/// <summary>The loader's UART: its rate, as set by registers and as found by the ROM's autobaud.</summary>
internal sealed class Uart : IBusDevice
{
    /// <summary>Rate of the boot log, in baud.</summary>
    public const int BootBaudRate = 115200;

    private const uint Fifo = 0x00;

    // An empty receive FIFO reads as this (recordings esp32-rom-error-size-field, esp32c3-rom-error-size-field).
    private const uint EmptyFifo = 0xEE;
    private const uint DividerMask = 0xF_FFFF;

    private readonly UartFacts _facts;
    private readonly int _crystalHz;
    private readonly uint? _autobaudDivider;
    private bool _listens;
    private uint? _divider;

    /// <param name="facts">Registers.</param>
    /// <param name="crystalHz">Its clock while a loader runs, in Hz.</param>
    /// <param name="autobaudDivider">Divider that autobaud finds at any rate; null for the right one.</param>
    public Uart(UartFacts facts, int crystalHz, uint? autobaudDivider)
    {
        _facts = facts;
        _crystalHz = crystalHz;
        _autobaudDivider = autobaudDivider;
    }

    public int BaudRate { get; private set; } = BootBaudRate;

    /// <summary>Returns to the rate of the boot log.</summary>
    /// <param name="autobaud">True when the loader waits for the host to show its rate.</param>
    public void Reset(bool autobaud)
    {
        BaudRate = BootBaudRate;
        _listens = autobaud;
        _divider = null;
    }

    /// <summary>Notes bytes that arrive at a rate: autobaud adopts the first rate.</summary>
    public void Hear(int baudRate)
    {
        if (_listens)
        {
            _listens = false;
            BaudRate = baudRate;
            _divider = _autobaudDivider;
        }
    }

    public void SetBaudRate(int baudRate)
    {
        BaudRate = baudRate;
        _divider = null;
        _listens = false;
    }

    public bool Owns(uint address) =>
        address == _facts.ClockDivider || _facts.Bases.Any(start => address == start + Fifo || address == start + Offset(_facts.ClockDivider));

    public uint Read(uint address) => IsFifo(address) ? EmptyFifo : _divider ?? (uint)(_crystalHz / BaudRate);

    public void Write(uint address, uint value)
    {
        if (!IsFifo(address) && (value & DividerMask) != 0)
        {
            SetBaudRate((int)(_crystalHz / (value & DividerMask)));
        }
    }

    private bool IsFifo(uint address) => _facts.Bases.Any(start => address == start + Fifo);

    private static uint Offset(uint register) => register & 0xFFF;
}
