using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>
/// Everything the project knows about one chip, as data. A chip is one file that creates one of these, one eFuse table,
/// and one line in <see cref="ChipCatalog"/>; no other code asks which chip it is.
/// </summary>
public sealed class ChipDefinition
{
    /// <summary>The vendor's name, such as <c>ESP32-C3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The short name in file names and arguments, such as <c>esp32c3</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Chip id in image headers and in GET_SECURITY_INFO.</summary>
    public required int ImageChipId { get; init; }

    /// <summary>
    /// Word at 0x4000_1000 that identifies the chip; null where GET_SECURITY_INFO carries the chip id instead.
    /// </summary>
    public uint? MagicValue { get; init; }

    /// <summary>Properties of its ROM loader and stub.</summary>
    public required LoaderFacts Loader { get; init; }

    /// <summary>Image header codes and alignment.</summary>
    public required ImageFacts Image { get; init; }

    /// <summary>Address ranges by kind; ranges of one address may overlap (data and instruction bus).</summary>
    public required IReadOnlyList<MemoryRegion> MemoryMap { get; init; }

    /// <summary>Register space: an access there is neither one to memory nor a fault.</summary>
    public IReadOnlyList<MemoryRegion> Peripherals { get; init; } = [new("PERIPHERALS", 0x6000_0000, 0x6010_0000)];

    /// <summary>Constant words of registers and ROM, other than eFuses, that loaders read: by address.</summary>
    public IReadOnlyDictionary<uint, uint> FixedWords { get; init; } = new Dictionary<uint, uint>();

    /// <summary>Its boot and the output of the boot.</summary>
    public required BootFacts Boot { get; init; }

    /// <summary>The state of a typical chip from the factory.</summary>
    public required FactoryFacts Factory { get; init; }

    /// <summary>UART registers.</summary>
    public required UartFacts Uart { get; init; }

    /// <summary>SPI controller in front of the flash.</summary>
    public required SpiFacts Spi { get; init; }

    /// <summary>eFuse controller.</summary>
    public required EfuseFacts Efuse { get; init; }

    /// <summary>Meaning of the numbers for revision, package and features.</summary>
    public required IdentityFacts Identity { get; init; }

    /// <summary>Properties of its security features.</summary>
    public required SecurityFacts Security { get; init; }

    /// <summary>Key purposes and their rules.</summary>
    public required IReadOnlyList<KeyPurpose> KeyPurposes { get; init; }

    /// <summary>Keys that take two blocks.</summary>
    public IReadOnlyList<SplitKeyPurpose> SplitKeyPurposes { get; init; } = [];

    /// <summary>Purposes of a whole flash encryption key.</summary>
    public IEnumerable<KeyPurpose> FlashKeys =>
        KeyPurposes.Where(purpose => purpose.IsFlashKey && !SplitKeyPurposes.Any(split => split.First == purpose.Name || split.Second == purpose.Name));

    /// <summary>Purposes of the two halves of a flash encryption key, the first half first; none where there is no such key.</summary>
    public IReadOnlyList<KeyPurpose> FlashKeyHalves =>
    [
        .. SplitKeyPurposes.SelectMany(split => new[] { split.First, split.Second })
            .Select(half => KeyPurposes.First(purpose => purpose.Name == half)).Where(purpose => purpose.IsFlashKey),
    ];

    /// <summary>Crystal frequency: fixed, or measured.</summary>
    public required CrystalFacts Crystal { get; init; }

    /// <summary>USB of the chip itself.</summary>
    public UsbFacts Usb { get; init; } = new();

    /// <summary>Watchdogs, where the loader has to know them; otherwise null.</summary>
    public WatchdogFacts? Watchdog { get; init; }

    /// <summary>The register that holds the magic word on every chip that has one.</summary>
    public const uint MagicRegister = 0x4000_1000;

    /// <summary>The silicon revision, major * 100 + minor.</summary>
    /// <param name="readRegister">Returns the word at an address.</param>
    public int ReadRevision(Func<uint, uint> readRegister) => Identity.ReadRevision(new EfuseView(this, 0, readRegister));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
