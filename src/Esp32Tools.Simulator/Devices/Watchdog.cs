using System;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Devices;

/// <summary>
/// The RTC watchdog, as far as loaders use it to reset the chip, and the super watchdog beside it: both run under a loader
/// that is reached over USB-Serial-JTAG, and bite unless the host stops them (protocol.md, section 6).
/// </summary>
internal sealed class Watchdog : IBusDevice
{
    // Bit 31 enables; stage 0 in bits 30:28 is 5, reset of the system.
    private const uint ResetMask = 0xF000_0000;
    private const uint ResetWhenOver = 0xD000_0000;

    // The slow clock that counts the time.
    private const int SlowClockHz = 136_000;

    // The time the ROM gives the program that it starts (ESP-IDF, default of the second stage bootloader).
    private static readonly long s_patience = TimeSpan.FromSeconds(9).Ticks;

    private readonly WatchdogFacts _facts;
    private readonly Func<long> _now;
    private uint _config0;
    private uint _config1;
    private uint _writeProtect;
    private uint _superConfig;
    private uint _superWriteProtect;
    private long _due = long.MaxValue;
    private long _superDue = long.MaxValue;

    public Watchdog(WatchdogFacts facts, Func<long> now)
    {
        _facts = facts;
        _now = now;
    }

    /// <summary>When it resets the chip, in ticks; <see cref="long.MaxValue"/> when it does not.</summary>
    public long Due => Math.Min(_due, _superDue);

    public bool Owns(uint address) => address != 0
        && (address == _facts.Config0 || address == _facts.Config1 || address == _facts.WriteProtect
            || address == _facts.SuperConfig || address == _facts.SuperWriteProtect);

    public uint Read(uint address) =>
        address == _facts.Config0 ? _config0
        : address == _facts.Config1 ? _config1
        : address == _facts.WriteProtect ? _writeProtect
        : address == _facts.SuperConfig ? _superConfig
        : _superWriteProtect;

    public void Write(uint address, uint value)
    {
        if (address == _facts.WriteProtect)
        {
            _writeProtect = value;
        }
        else if (address == _facts.SuperWriteProtect)
        {
            _superWriteProtect = value;
        }
        else if (address == _facts.SuperConfig)
        {
            WriteSuper(value);
        }
        else if (_writeProtect == _facts.Key)
        {
            WriteUnlocked(address, value);
        }
    }

    /// <summary>Starts both watchdogs; nothing on the chip feeds them.</summary>
    public void RunUnfed()
    {
        _due = _now() + s_patience;
        _superDue = _facts.SuperConfig == 0 ? long.MaxValue : _due;
    }

    public void Reset()
    {
        _config0 = 0;
        _config1 = 0;
        _writeProtect = 0;
        _superConfig = 0;
        _superWriteProtect = 0;
        _due = long.MaxValue;
        _superDue = long.MaxValue;
    }

    private void WriteSuper(uint value)
    {
        if (_superWriteProtect != _facts.SuperKey)
        {
            return;
        }

        _superConfig = value;
        if ((value & _facts.SuperAutoFeed) != 0)
        {
            _superDue = long.MaxValue;
        }
    }

    private void WriteUnlocked(uint address, uint value)
    {
        if (address == _facts.Config1)
        {
            _config1 = value;
            return;
        }

        _config0 = value;
        _due = (value & ResetMask) == ResetWhenOver
            ? _now() + (_config1 * TimeSpan.TicksPerSecond / SlowClockHz)
            : long.MaxValue;
    }
}
