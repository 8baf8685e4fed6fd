using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>
/// Writes the status registers of a flash memory. Parts differ: some take each register by its own command, older ones
/// only registers 1 and 2 together, and those clear register 2 when register 1 is written alone. So the registers are
/// read between the steps, and only those that differ are written. Sources: data sheets Winbond W25Q32FV and JV
/// (section 8.2.5), GigaDevice GD25Q32C and E, Macronix MX25L3233F.
/// </summary>
public static class FlashStatusWriter
{
    private const byte WriteEnable = 0x06;
    private const byte VolatileWriteEnable = 0x50;
    private const byte WriteDisable = 0x04;
    private const byte WriteFirst = 0x01;
    private const byte WriteSecond = 0x31;
    private const byte WriteThird = 0x11;
    private const int AllRegisters = 3;

    // Data sheets give 30 ms at most for the slowest; one second covers any other part.
    private static readonly TimeSpan s_busyLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_busyPause = TimeSpan.FromMilliseconds(1);

    /// <summary>Determines the changes of a write. For a lasting value it reads the stored registers, not volatile ones.</summary>
    /// <param name="device">The device.</param>
    /// <param name="value">The registers after the write, the first in bits 7:0.</param>
    /// <param name="registers">Number of registers to write, 1 to 3; the others stay.</param>
    /// <param name="isVolatile">True for a value that lasts only until the flash is reset or loses its power.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.FlashNotFound"/>, <see cref="ErrorCode.SecureDownloadMode"/></exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: the value has bits beyond the registers.</exception>
    public static FlashStatusPlan Plan(
        Esp32Device device, uint value, int registers, bool isVolatile, CancellationToken cancellationToken)
    {
        if (registers is < 1 or > AllRegisters || value >> (8 * registers) != 0)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid,
                $"0x{value:X} does not fit {registers} status registers of 8 bits.",
                "A flash memory has up to three; give the number of registers that the value covers.")
            { Target = $"0x{value:X}" };
        }

        device.OpenFlash(cancellationToken);
        var spi = new SpiController(device.GetLoader());
        if (!isVolatile)
        {
            FlashPort.ResetPart(device.GetLoader(), spi, cancellationToken);
        }

        uint before = FlashStatus.Read(spi, cancellationToken);
        uint asked = (1u << (8 * registers)) - 1;
        return new FlashStatusPlan
        {
            Before = before,
            Target = (before & ~asked) | value,
            Registers = registers,
            Volatile = isVolatile,
        };
    }

    /// <summary>Performs a planned write and reads it back. Does nothing when nothing changes.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.VerifyFailed"/>, <see cref="ErrorCode.FlashWriteFailed"/></exception>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static FlashStatusResult Write(Esp32Device device, FlashStatusPlan plan, CancellationToken cancellationToken)
    {
        uint after = plan.Before;
        if (plan.IsNeeded)
        {
            var writer = new Steps(device, plan, cancellationToken);
            after = writer.Run();
            if (Differs(after, plan.Target, 0, AllRegisters))
            {
                throw new FlashException(
                    ErrorCode.VerifyFailed,
                    $"The flash status registers on {device.PortName} are 0x{after:X6} and not 0x{plan.Target:X6} after the write.",
                    "The part may lack some of these bits, have them locked permanently, or be locked by its WP pin.")
                { Target = device.PortName };
            }
        }

        return new FlashStatusResult
        {
            PortName = device.PortName,
            Before = plan.Before,
            After = after,
            Registers = plan.Registers,
            Volatile = plan.Volatile,
            Changed = plan.IsNeeded,
            Verified = true,
        };
    }

    private static bool Differs(uint status, uint target, int first, int count)
    {
        uint mask = ((1u << (8 * count)) - 1) << (8 * first);
        return ((status ^ target) & mask & ~FlashStatus.Momentary) != 0;
    }

    /// <summary>One write, step by step.</summary>
    private sealed class Steps(Esp32Device device, FlashStatusPlan plan, CancellationToken cancellationToken)
    {
        private readonly SpiController _spi = new(device.GetLoader());
        private uint _status = plan.Before;

        public uint Run()
        {
            uint target = plan.Target & ~FlashStatus.Momentary;
            WriteWhereNeeded(WriteFirst, first: 0, (byte)target);
            WriteWhereNeeded(WriteSecond, first: 1, (byte)(target >> 8));
            WriteWhereNeeded(WriteFirst, first: 0, (byte)target, (byte)(target >> 8));
            WriteWhereNeeded(WriteThird, first: 2, (byte)(target >> 16));
            _spi.Run(new SpiTransfer(WriteDisable), cancellationToken);
            return FlashStatus.Read(_spi, cancellationToken);
        }

        private void WriteWhereNeeded(byte command, int first, params byte[] values)
        {
            if (!Differs(_status, plan.Target, first, values.Length))
            {
                return;
            }

            _spi.Run(new SpiTransfer(plan.Volatile ? VolatileWriteEnable : WriteEnable), cancellationToken);
            _spi.Run(new SpiTransfer(command) { Data = values }, cancellationToken);
            WaitUntilIdle();
            _status = FlashStatus.Read(_spi, cancellationToken);
        }

        private void WaitUntilIdle()
        {
            TimeSpan deadline = device.GetLoader().Clock.Now + s_busyLimit;
            while (FlashStatus.IsBusy(_spi, cancellationToken))
            {
                if (device.GetLoader().Clock.Now > deadline)
                {
                    throw new FlashException(
                        ErrorCode.FlashWriteFailed,
                        $"The flash memory on {device.PortName} did not finish writing its status registers.",
                        "Check its power; switch it off and on before the next try.")
                    { Target = device.PortName };
                }

                device.GetLoader().Clock.Delay(s_busyPause, cancellationToken);
            }
        }
    }
}
