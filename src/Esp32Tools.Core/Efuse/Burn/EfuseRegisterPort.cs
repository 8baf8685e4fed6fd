using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Efuse.Burn;

/// <summary>Register access shared by both kinds of eFuse controller; offsets are relative to the controller's base.</summary>
internal sealed class EfuseRegisterPort
{
    /// <summary>Value of the configuration register before a program command.</summary>
    public const uint ConfigureProgram = 0x5A5A;

    /// <summary>Value of the configuration register before a read command.</summary>
    public const uint ConfigureRead = 0x5AA5;

    /// <summary>Command: read the eFuses.</summary>
    public const uint CommandRead = 1;

    /// <summary>Command: program.</summary>
    public const uint CommandProgram = 2;

    private const uint BusyMask = 0x3;

    // efuse-rules.md, sections 1 and 2; both commands take a few milliseconds.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_pollPause = TimeSpan.FromMilliseconds(1);

    private readonly IRegisterAccess _registers;
    private readonly IClock _clock;
    private readonly int _crystalMHz;

    public EfuseRegisterPort(IRegisterAccess registers, IClock clock, ChipDefinition chip, int crystalMHz)
    {
        _registers = registers;
        _clock = clock;
        Chip = chip;
        _crystalMHz = crystalMHz;
    }

    public ChipDefinition Chip { get; }

    public void Write(uint offset, uint value, CancellationToken cancellationToken, uint delayAfterMicroseconds = 0) =>
        _registers.WriteRegister(Chip.Efuse.Base + offset, value, uint.MaxValue, delayAfterMicroseconds, cancellationToken);

    /// <summary>Writes words to consecutive registers.</summary>
    public void Write(uint offset, uint[] words, CancellationToken cancellationToken)
    {
        for (int i = 0; i < words.Length; i++)
        {
            Write(offset + (4 * (uint)i), words[i], cancellationToken);
        }
    }

    /// <summary>Writes zeros to consecutive registers.</summary>
    public void Clear(uint offset, int words, CancellationToken cancellationToken) => Write(offset, new uint[words], cancellationToken);

    /// <summary>Sets clock and timing for the crystal.</summary>
    public void ApplyTiming(CancellationToken cancellationToken)
    {
        if (!Chip.Efuse.CrystalsMHz.Contains(_crystalMHz))
        {
            throw new EfuseException(
                ErrorCode.EfuseCrystal,
                $"The crystal of this {Chip.Name} runs at {_crystalMHz} MHz, for which no eFuse timing is known.",
                $"Burning is possible with {string.Join(" or ", Chip.Efuse.CrystalsMHz)} MHz. If the crystal is one of these, the measured frequency is wrong: connect at another baud rate.");
        }

        foreach (EfuseTiming timing in Chip.Efuse.BurnTiming.Where(timing => timing.CrystalMHz == 0 || timing.CrystalMHz == _crystalMHz))
        {
            uint present = _registers.ReadRegister(Chip.Efuse.Base + timing.Register, cancellationToken);
            Write(timing.Register, (present & ~timing.Mask) | timing.Value, cancellationToken);
        }
    }

    /// <summary>Waits until the controller has completed its command.</summary>
    /// <param name="idleReads">Number of consecutive reads that must show it idle.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseTimeout"/></exception>
    public void WaitIdle(int idleReads, CancellationToken cancellationToken)
    {
        TimeSpan deadline = _clock.Now + s_limit;
        int idle = 0;
        while (idle < idleReads)
        {
            uint command = _registers.ReadRegister(Chip.Efuse.Base + Chip.Efuse.Command, cancellationToken);
            if ((command & BusyMask) == 0)
            {
                idle++;
                continue;
            }

            idle = 0;
            if (_clock.Now >= deadline)
            {
                throw new EfuseException(
                    ErrorCode.EfuseTimeout,
                    $"The eFuse controller of the {Chip.Name} is still busy after {s_limit.TotalMilliseconds} ms (command register 0x{Chip.Efuse.Base + Chip.Efuse.Command:X8} is {command}).",
                    "Reset the chip, read its eFuses, and see what was burned before anything else.");
            }

            _clock.Delay(s_pollPause, cancellationToken);
        }
    }
}
