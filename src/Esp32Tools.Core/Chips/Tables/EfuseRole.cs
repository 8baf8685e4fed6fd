namespace Esp32Tools.Chips.Tables;

/// <summary>
/// The function of an eFuse field, for code that needs it: chips differ in its name and place. A table gives the
/// role as <c>role:encryption-count</c>; a field has at most one role, and at one revision no two fields share one.
/// </summary>
public enum EfuseRole
{
    /// <summary>WR_DIS: each bit locks a group of fields.</summary>
    WriteDisable,

    /// <summary>RD_DIS: each bit hides a block or a group of fields.</summary>
    ReadDisable,

    /// <summary>Flash encryption is on while an odd number of its bits is set.</summary>
    EncryptionCount,

    /// <summary>ESP32: the parts of the flash address that change the key; 0xF on a correctly configured chip.</summary>
    EncryptionConfig,

    /// <summary>Level of the pseudo rounds against power analysis.</summary>
    PseudoRounds,

    /// <summary>ESP32-C2: the flash encryption key takes the whole key block and not its lower half.</summary>
    WholeFlashKey,

    /// <summary>Keys that come from the key manager, a bit each; see <see cref="SecurityFacts.KeyManagerFlashKey"/>.</summary>
    KeyManagerKeys,

    /// <summary>ECDSA takes its random number only from the hardware.</summary>
    EcdsaHardwareNonce,

    /// <summary>The loader cannot write through flash encryption.</summary>
    DownloadEncryptDisable,

    /// <summary>ESP32: the loader cannot read through flash decryption.</summary>
    DownloadDecryptDisable,

    /// <summary>ESP32: the caches are off while the loader runs.</summary>
    DownloadCacheDisable,

    /// <summary>The instruction cache is off while the loader runs.</summary>
    DownloadInstructionCacheDisable,

    /// <summary>The data cache is off while the loader runs.</summary>
    DownloadDataCacheDisable,

    /// <summary>The loader cannot reach flash through the memory map.</summary>
    DownloadMappedFlashDisable,

    /// <summary>The cache is off permanently, which makes the chip useless.</summary>
    CacheDisable,

    /// <summary>Secure boot v2 is on.</summary>
    SecureBootEnable,

    /// <summary>ESP32: secure boot v1 is on.</summary>
    SecureBootV1Enable,

    /// <summary>Secure boot uses SHA-384 for P-384.</summary>
    SecureBootSha384,

    /// <summary>The ROM revokes a key at the first bad signature.</summary>
    AggressiveRevoke,

    /// <summary>The first secure boot digest is no longer accepted; <see cref="EfuseRoles.DigestRevoke"/> finds all three.</summary>
    DigestRevoke0,

    /// <summary>The second secure boot digest is no longer accepted.</summary>
    DigestRevoke1,

    /// <summary>The third secure boot digest is no longer accepted.</summary>
    DigestRevoke2,

    /// <summary>The loader is disabled permanently.</summary>
    DownloadDisable,

    /// <summary>The loader has only the commands of secure download mode.</summary>
    SecureDownload,

    /// <summary>JTAG on the pins is off permanently.</summary>
    PadJtagDisable,

    /// <summary>JTAG over the USB port of the chip is off permanently.</summary>
    UsbJtagDisable,

    /// <summary>JTAG is off while an odd number of its bits is set; an HMAC key enables it again.</summary>
    SoftJtagDisable,

    /// <summary>ESP32: the BASIC interpreter in ROM is off.</summary>
    ConsoleDebugDisable,

    /// <summary>RAM cannot be mapped to the address of the ROM.</summary>
    BootRemapDisable,

    /// <summary>The ROM does not start in legacy SPI mode.</summary>
    LegacySpiBootDisable,

    /// <summary>The ROM does not start a program straight from flash.</summary>
    DirectBootDisable,

    /// <summary>The USB-Serial-JTAG port is off.</summary>
    UsbSerialJtagDisable,

    /// <summary>The USB-OTG port is off.</summary>
    UsbOtgDisable,

    /// <summary>Factory MAC address.</summary>
    FactoryMac,

    /// <summary>The two octets that extend the factory MAC address to an EUI-64, between its halves.</summary>
    FactoryMacExtension,

    /// <summary>The user's MAC address.</summary>
    CustomMac,

    /// <summary>ESP32: layout of the user's MAC address.</summary>
    CustomMacVersion,

    /// <summary>ESP32-C2: the user's MAC address is set.</summary>
    CustomMacUsed,

    /// <summary>Major silicon revision, as far as it is in the eFuses; see <see cref="IdentityFacts.ReadRevision"/>.</summary>
    MajorRevision,

    /// <summary>Minor silicon revision.</summary>
    MinorRevision,

    /// <summary>Number of the package.</summary>
    Package,

    /// <summary>Major version of the factory data.</summary>
    BlockVersionMajor,

    /// <summary>Minor version of the factory data.</summary>
    BlockVersionMinor,

    /// <summary>Size of the flash in the package, as a code.</summary>
    FlashCapacity,

    /// <summary>Maker of the flash in the package, as a code.</summary>
    FlashVendor,

    /// <summary>Size of the PSRAM in the package, as a code.</summary>
    PsramCapacity,

    /// <summary>Maker of the PSRAM in the package, as a code.</summary>
    PsramVendor,

    /// <summary>The eFuses and not a pin determine the voltage of the flash.</summary>
    FlashSupplyForce,

    /// <summary>The regulator of the flash is on.</summary>
    FlashSupplyOn,

    /// <summary>The flash gets 3.3 V and not 1.8 V.</summary>
    FlashSupplyHigh,

    /// <summary>ESP32: coding of the blocks behind block 0.</summary>
    CodingScheme,

    /// <summary>ESP32: pad of the flash clock. Where a table gives the pads by role, the ROM has to be told them.</summary>
    FlashPadClock,

    /// <summary>ESP32: pad of the data out of the flash.</summary>
    FlashPadQ,

    /// <summary>ESP32: pad of the data into the flash.</summary>
    FlashPadD,

    /// <summary>ESP32: pad of the flash's chip select.</summary>
    FlashPadSelect,

    /// <summary>ESP32: pad of the flash's hold.</summary>
    FlashPadHold,

    /// <summary>ESP32: frequency of the internal 8 MHz oscillator, in units of the calibration.</summary>
    OscillatorFrequency,
}
