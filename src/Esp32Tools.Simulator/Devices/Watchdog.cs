using System;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Devices;

/// <summary>The RTC watchdog, as far as loaders use it to reset the chip (protocol.md, section 6).</summary>
internal sealed class Watchdog : IBusDevice
{
    // Bit 31 enables; stage 0 in bits 30:28 is 5, reset of the system.
    private const uint ResetMask = 0xF000_0000;
    private const uint ResetWhenOver = 0xD000_0000;

    // The slow clock the time is counted in.
    private const int SlowClockHz = 136_000;

    private readonly WatchdogFacts _facts;
    private readonly Func<long> _now;
    private uint _config0;
    private uint _config1;
    private uint _writeProtect;

    public Watchdog(WatchdogFacts facts, Func<long> now)
    {
        _facts = facts;
        _now = now;
    }

    /// <summary>When it resets the chip, in ticks; <see cref="long.MaxValue"/> when it does not.</summary>
    public long Due { get; private set; } = long.MaxValue;

    public bool Owns(uint address) => address == _facts.Config0 || address == _facts.Config1 || address == _facts.WriteProtect;

    public uint Read(uint address) =>
        address == _facts.Config0 ? _config0 : address == _facts.Config1 ? _config1 : _writeProtect;

    public void Write(uint address, uint value)
    {
        if (address == _facts.WriteProtect)
        {
            _writeProtect = value;
            return;
        }

        if (_writeProtect != _facts.Key)
        {
            return;
        }

        if (address == _facts.Config1)
        {
            _config1 = value;
            return;
        }

        _config0 = value;
        Due = (value & ResetMask) == ResetWhenOver
            ? _now() + (_config1 * TimeSpan.TicksPerSecond / SlowClockHz)
            : long.MaxValue;
    }

    public void Reset()
    {
        _config0 = 0;
        _config1 = 0;
        _writeProtect = 0;
        Due = long.MaxValue;
    }
}
