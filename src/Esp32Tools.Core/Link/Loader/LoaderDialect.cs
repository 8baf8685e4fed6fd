using Esp32Tools.Chips;

namespace Esp32Tools.Link.Loader;

/// <summary>Who is talking: the mask ROM of a chip, or its stub. Lengths of bodies and replies depend on it.</summary>
/// <param name="Chip">The chip; null until it is known.</param>
/// <param name="IsStub">True when the stub is running.</param>
public sealed record LoaderDialect(ChipDefinition? Chip, bool IsStub)
{
    /// <summary>The ROM of a chip that is not known yet.</summary>
    public static LoaderDialect UnknownRom { get; } = new(null, false);

    /// <summary>Bytes of status behind the data of a reply.</summary>
    public int StatusLength => IsStub ? 2 : Chip?.Loader.RomStatusLength ?? 4;

    /// <summary>True when they talk over the chip's own USB-OTG port, which takes smaller blocks.</summary>
    public bool IsUsbOtg { get; init; }

    /// <summary>Bytes per block of a RAM load.</summary>
    public int RamBlockSize => IsUsbOtg ? Chip!.Loader.UsbOtgBlockSize : Chip!.Loader.RamBlockSize;

    /// <summary>Bytes per block of a flash write.</summary>
    public int FlashBlockSize => !IsStub ? Chip!.Loader.FlashBlockSizeRom
        : IsUsbOtg ? Chip!.Loader.UsbOtgBlockSize
        : Chip!.Loader.FlashBlockSizeStub;

    /// <summary>Words in the body of FLASH_BEGIN and FLASH_DEFL_BEGIN.</summary>
    public int FlashBeginWords => IsStub ? 5 : Chip!.Loader.FlashBeginWordsRom;
}
