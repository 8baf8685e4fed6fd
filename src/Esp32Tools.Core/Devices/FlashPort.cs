using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>
/// Brings the flash memory of a device into a known state and identifies it: attach, wake, reset, identify, and
/// tell the loader its size.
/// </summary>
internal static class FlashPort
{
    private const byte ReadId = 0x9F;
    private const byte ReadSfdp = 0x5A;
    private const byte DeepPowerDown = 0xB9;
    private const byte UltraDeepPowerDown = 0x79;
    private const byte Release = 0xAB;
    private const byte ResetEnable = 0x66;
    private const byte Reset = 0x99;

    /// <summary>Size to report to the loader when the id gives none.</summary>
    public const long AssumedSize = 4 << 20;

    /// <summary>Attaches, wakes and identifies the flash.</summary>
    /// <exception cref="ChipException"><see cref="ErrorCode.FlashNotFound"/></exception>
    public static FlashIdentity Open(LoaderClient loader, CancellationToken cancellationToken)
    {
        Attach(loader, cancellationToken);
        var spi = new SpiController(loader);
        WakeXmc(loader, spi, cancellationToken);
        FlashIdentity identity = Identify(spi, cancellationToken);
        if (!identity.IsPresent)
        {
            throw new ChipException(
                ErrorCode.FlashNotFound,
                $"The flash memory behind {loader.Channel.Transport.PortName} does not answer (id 0x{identity.Raw:X6}).",
                "Check the flash memory's solder joints and power, and that no strapping pin selects other pads or another voltage.")
            { Target = loader.Channel.Transport.PortName };
        }

        ResetPart(loader, spi, cancellationToken);
        SetSize(loader, identity.Size ?? AssumedSize, cancellationToken);
        return identity;
    }

    /// <summary>Connects the controller to the flash. The stub does so itself.</summary>
    public static void Attach(LoaderClient loader, CancellationToken cancellationToken)
    {
        if (!loader.Dialect.IsStub)
        {
            loader.Execute(new SpiAttachRequest { Pads = Pads(loader, cancellationToken) }, cancellationToken);
        }
    }

    /// <summary>Tells the loader the size; the ROM accepts addresses beyond 2 MB only after that.</summary>
    public static void SetSize(LoaderClient loader, long size, CancellationToken cancellationToken) =>
        loader.Execute(new SpiSetParametersRequest { FlashSize = (uint)size }, cancellationToken);

    /// <summary>Resets the flash memory: its status registers then return to their stored values.</summary>
    public static void ResetPart(LoaderClient loader, SpiController spi, CancellationToken cancellationToken)
    {
        spi.Run(new SpiTransfer(ResetEnable), cancellationToken);
        spi.Run(new SpiTransfer(Reset), cancellationToken);
        loader.Clock.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
    }

    private static FlashIdentity Identify(SpiController spi, CancellationToken cancellationToken) =>
        new(spi.Run(new SpiTransfer(ReadId) { ReadBits = 24 }, cancellationToken));

    // The ESP32 names the pads of the flash inside a module in eFuse; the ROM has to be told them.
    private static uint Pads(LoaderClient loader, CancellationToken cancellationToken)
    {
        ChipDefinition chip = loader.Dialect.Chip!;
        if (!chip.Efuse.Has(EfuseRole.FlashPadClock))
        {
            return 0;
        }

        EfuseView fuses = new(chip, 0, address => loader.ReadRegister(address, cancellationToken));
        uint Pad(EfuseRole role) => (uint)EfusePad.ToPin(fuses.Read(role));
        uint clock = Pad(EfuseRole.FlashPadClock);
        uint q = Pad(EfuseRole.FlashPadQ);
        uint d = Pad(EfuseRole.FlashPadD);
        uint select = Pad(EfuseRole.FlashPadSelect);
        uint hold = Pad(EfuseRole.FlashPadHold);
        return (hold << 24) | (select << 18) | (d << 12) | (q << 6) | clock;
    }

    // Some XMC parts power up in a state in which they misread commands, visible by a wrong id; a deep power-down and release
    // cures it (XMC application note on the XM25QH series; protocol.md, section 8).
    private static void WakeXmc(LoaderClient loader, SpiController spi, CancellationToken cancellationToken)
    {
        FlashIdentity identity = Identify(spi, cancellationToken);
        int type = (int)(identity.Raw >> 8) & 0xFF;
        int capacity = (int)(identity.Raw >> 16) & 0xFF;
        bool known = identity.ManufacturerId == 0x20 && (type, capacity) is
            (0x40, >= 0x13 and <= 0x20) or (0x41, >= 0x17 and <= 0x20) or (0x50, >= 0x15 and <= 0x16);
        if (known || Sfdp(spi, 0x10, 8, cancellationToken) != 0x20)
        {
            return;
        }

        spi.Run(new SpiTransfer(DeepPowerDown), cancellationToken);
        spi.Run(new SpiTransfer(UltraDeepPowerDown), cancellationToken);
        spi.Run(new SpiTransfer(0xFF), cancellationToken);
        loader.Clock.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
        spi.Run(new SpiTransfer(Release), cancellationToken);
        loader.Clock.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
    }

    private static uint Sfdp(SpiController spi, uint address, int bits, CancellationToken cancellationToken) => spi.Run(
        new SpiTransfer(ReadSfdp) { Address = address, AddressBits = 24, DummyBits = 8, ReadBits = bits }, cancellationToken);
}
