using Esp32Tools.Chips;

namespace Esp32Tools.Link.Loader;

/// <summary>The loader at the other end: the mask ROM of a chip, or its stub. Lengths of bodies and replies depend on it.</summary>
/// <param name="Chip">The chip; null until it is known.</param>
/// <param name="IsStub">True when the stub is running.</param>
public sealed record LoaderDialect(ChipDefinition? Chip, bool IsStub)
{
    /// <summary>The ROM of a chip that is not yet known.</summary>
    public static LoaderDialect UnknownRom { get; } = new(null, false);

    /// <summary>Length of the status behind the data of a reply, in bytes.</summary>
    public int StatusLength => IsStub ? 2 : Chip?.Loader.RomStatusLength ?? 4;

    /// <summary>True when the loader is reached over the chip's own USB-OTG port, which takes smaller blocks.</summary>
    public bool IsUsbOtg { get; init; }

    /// <summary>Block size of a RAM load, in bytes.</summary>
    public int RamBlockSize => IsUsbOtg ? Chip!.Loader.UsbOtgBlockSize : Chip!.Loader.RamBlockSize;

    /// <summary>Block size of a flash write, in bytes.</summary>
    public int FlashBlockSize => !IsStub ? Chip!.Loader.FlashBlockSizeRom
        : IsUsbOtg ? Chip!.Loader.UsbOtgBlockSize
        : Chip!.Loader.FlashBlockSizeStub;

    /// <summary>Number of words in the body of FLASH_BEGIN and FLASH_DEFL_BEGIN.</summary>
    public int FlashBeginWords => IsStub ? 5 : Chip!.Loader.FlashBeginWordsRom;
}
