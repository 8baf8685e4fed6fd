// Longer than other files on purpose: an enumeration cannot be split, and one list is how a code is found and kept unique.
namespace Esp32Tools.Errors;

/// <summary>
/// Every kind of failure a user can meet, once. The name is stable: the module derives the <c>FullyQualifiedErrorId</c>
/// from it, and scripts compare against that.
/// </summary>
public enum ErrorCode
{
    // The cable: transport --------------------------------------------------------------------------------------

    /// <summary>The port name is of no known form.</summary>
    PortNameInvalid,

    /// <summary>There is no such port.</summary>
    PortNotFound,

    /// <summary>Another program holds the port.</summary>
    PortInUse,

    /// <summary>The user may not open the port.</summary>
    PortAccessDenied,

    /// <summary>The port went away while in use: unplugged, or the server closed the connection.</summary>
    PortLost,

    /// <summary>The server behind a network port could not be reached.</summary>
    PortUnreachable,

    /// <summary>The port does not do what is asked of it: a baud rate, modem lines.</summary>
    PortUnsupported,

    /// <summary>The port took no more bytes within its time.</summary>
    PortWriteTimeout,

    /// <summary>No port that was waited for was plugged in in time.</summary>
    PortWaitTimeout,

    // The conversation: loader ----------------------------------------------------------------------------------

    /// <summary>Nothing at all came back after every reset and sync.</summary>
    NoAnswer,

    /// <summary>The chip is running its application: the boot log says so.</summary>
    WrongBootMode,

    /// <summary>Bytes came back, but no frame among them: usually a baud rate both ends do not share.</summary>
    GarbledAnswer,

    /// <summary>Something answered that is no Espressif loader.</summary>
    NotAnEspressifChip,

    /// <summary>The chip answered before and does not any more.</summary>
    ReplyTimeout,

    /// <summary>A reply came that does not fit the request.</summary>
    UnexpectedReply,

    /// <summary>The chip refused a command.</summary>
    CommandRefused,

    /// <summary>The loader does not know the command.</summary>
    CommandUnsupported,

    /// <summary>The flasher stub did not start.</summary>
    StubStartFailed,

    /// <summary>There is no flasher stub for this chip in this installation.</summary>
    StubNotAvailable,

    /// <summary>A stub file is damaged.</summary>
    StubInvalid,

    /// <summary>The baud rate could not be changed.</summary>
    BaudRateChangeFailed,

    /// <summary>A reset sequence is not well formed.</summary>
    ResetSequenceInvalid,

    // The chip --------------------------------------------------------------------------------------------------

    /// <summary>An Espressif chip that this version does not know.</summary>
    ChipUnknown,

    /// <summary>The chip that answered is not the one that was named.</summary>
    ChipMismatch,

    /// <summary>This chip, or its state, does not allow the operation.</summary>
    ChipUnsupported,

    /// <summary>The chip is in secure download mode, which does not allow the operation.</summary>
    SecureDownloadMode,

    /// <summary>The flash memory does not answer.</summary>
    FlashNotFound,

    /// <summary>The session was closed.</summary>
    SessionClosed,

    // Memory of the chip ----------------------------------------------------------------------------------------

    /// <summary>The chip has neither memory nor registers at the address.</summary>
    AddressUnmapped,

    /// <summary>A write would reach registers that burn eFuses.</summary>
    EfuseRegisters,

    /// <summary>The RAM is in use by the running stub.</summary>
    RamInUse,

    /// <summary>The image is not one that is loaded into RAM.</summary>
    ImageNotForRam,

    // Flash -----------------------------------------------------------------------------------------------------

    /// <summary>The range does not fit the flash.</summary>
    BeyondFlash,

    /// <summary>An image header would claim more flash than there is.</summary>
    FlashSizeClaim,

    /// <summary>Two images want the same sectors.</summary>
    ImagesOverlap,

    /// <summary>What the chip holds is not what was written.</summary>
    VerifyFailed,

    /// <summary>The flash reported an error while writing.</summary>
    FlashWriteFailed,

    /// <summary>The flash reported an error while reading, or the digest of what arrived is wrong.</summary>
    FlashReadFailed,

    /// <summary>An address or a length is not aligned as the operation needs.</summary>
    Misaligned,

    /// <summary>Plain bytes would be written to a chip that decrypts what it reads.</summary>
    FlashEncrypted,

    /// <summary>Secure boot protects the area.</summary>
    SecureBootProtected,

    /// <summary>The key manager keeps there what it makes the flash key from.</summary>
    KeyRecoveryArea,

    /// <summary>The chip has no flash encryption key to encrypt with.</summary>
    FlashKeyMissing,

    /// <summary>An eFuse keeps the loader from writing through the encryption.</summary>
    DownloadEncryptDisabled,

    /// <summary>The ESP32's FLASH_CRYPT_CONFIG does not let the address into all of the key.</summary>
    FlashCryptConfig,

    /// <summary>The flash encryption key in the chip is not the one that was given.</summary>
    FlashKeyMismatch,

    /// <summary>Nothing shows that the hidden flash encryption key is the one that was given.</summary>
    FlashKeyUnproven,

    /// <summary>Flash encryption would be switched on over contents that do not start then.</summary>
    FlashContentsUnproven,

    // Images and files ------------------------------------------------------------------------------------------

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>The file exists already and must not be replaced unasked.</summary>
    FileExists,

    /// <summary>The file could not be read or written.</summary>
    FileAccess,

    /// <summary>The file is empty.</summary>
    ImageEmpty,

    /// <summary>The image ends before its header says so.</summary>
    ImageTruncated,

    /// <summary>The image's header, checksum or digest is wrong.</summary>
    ImageInvalid,

    /// <summary>The image was built for another chip.</summary>
    ImageForOtherChip,

    /// <summary>The image does not run on this revision of the chip.</summary>
    ImageRevision,

    /// <summary>The file is no ELF file, or breaks the rules of one.</summary>
    ElfInvalid,

    /// <summary>The ELF file ends before its headers say so.</summary>
    ElfTruncated,

    /// <summary>The ELF file was built for another kind of machine.</summary>
    ElfForOtherMachine,

    /// <summary>Two segments want the same page of the flash MMU, which an image cannot give them.</summary>
    SegmentsShareFlashPage,

    /// <summary>The image would have more segments, or a longer one, than a chip loads.</summary>
    SegmentLimit,

    /// <summary>Where the digest of the ELF file would go, there is something else.</summary>
    DigestPlaceTaken,

    /// <summary>A part lies in front of where the merged image is to begin.</summary>
    ImageBelowOffset,

    /// <summary>The Intel HEX file is damaged.</summary>
    IntelHexInvalid,

    /// <summary>The UF2 file is damaged.</summary>
    Uf2Invalid,

    /// <summary>The build's list of what to flash cannot be read.</summary>
    FlasherArgumentsInvalid,

    /// <summary>No partition table where one should be.</summary>
    PartitionTableMissing,

    /// <summary>The partition table is damaged or breaks a rule.</summary>
    PartitionTableInvalid,

    /// <summary>No such partition.</summary>
    PartitionNotFound,

    /// <summary>The partition is too small for what is to be written.</summary>
    PartitionTooSmall,

    /// <summary>The partition is marked as read-only.</summary>
    PartitionReadOnly,

    /// <summary>What is to be written is not what a partition of this type holds.</summary>
    PartitionContent,

    /// <summary>The device's partition table is not the one that goes with what is to be written.</summary>
    PartitionTableDiffers,

    /// <summary>A manifest is damaged, or its files are not those that it lists.</summary>
    ManifestInvalid,

    /// <summary>A manifest is of another unit.</summary>
    ManifestForOtherUnit,

    /// <summary>The partition table does not allow a choice between applications.</summary>
    OtaUnavailable,

    /// <summary>There is no application to go back to.</summary>
    OtaRollbackImpossible,

    /// <summary>What lies where the chip reads an image is none, or is a file for a tool that no chip reads.</summary>
    NotAnImage,

    /// <summary>An image lies where nothing starts it.</summary>
    ImageMisplaced,

    /// <summary>The partition table needs more flash than there is.</summary>
    PartitionsBeyondFlash,

    /// <summary>The bootloader's header says less flash than the partition table needs.</summary>
    FlashSizeBelowTable,

    // Tables and NVS --------------------------------------------------------------------------------------------

    /// <summary>A CSV text is not well formed, or its columns and rows are not those it should have.</summary>
    CsvInvalid,

    /// <summary>Rows of a table of units break rules; all of them are listed.</summary>
    FactoryDataInvalid,

    /// <summary>A name, a type or a value breaks a rule of NVS.</summary>
    NvsItemInvalid,

    /// <summary>A value does not fit into the NVS partition.</summary>
    NvsFull,

    /// <summary>The bytes are no NVS partition, or a damaged or encrypted one.</summary>
    NvsInvalid,

    /// <summary>NVS has no value of that name.</summary>
    NvsNotFound,

    // eFuses ----------------------------------------------------------------------------------------------------

    /// <summary>No eFuse field, block or purpose of that name.</summary>
    EfuseNotFound,

    /// <summary>The value does not fit the field.</summary>
    EfuseValueInvalid,

    /// <summary>A table of the user's own fields breaks a rule of its format, or does not fit the chip.</summary>
    EfuseFieldTableInvalid,

    /// <summary>A bit that is set cannot be cleared.</summary>
    EfuseAlreadyBurned,

    /// <summary>The new value lacks bits that are set already and cannot be cleared.</summary>
    EfuseValueLacksBits,

    /// <summary>Two fields that together lock the chip out would both be set.</summary>
    EfusePairLocksOut,

    /// <summary>The block is not empty, and its check bytes allow one write only.</summary>
    EfuseBlockWritten,

    /// <summary>A counter has no bit left, or would use its last one.</summary>
    EfuseCounterUsedUp,

    /// <summary>Flash encryption would be on without a key.</summary>
    EncryptionWithoutKey,

    /// <summary>The burn would leave flash encryption off, with bits of its count used up.</summary>
    EncryptionCountEven,

    /// <summary>The field or block is write protected.</summary>
    EfuseWriteProtected,

    /// <summary>The field or block is read protected.</summary>
    EfuseReadProtected,

    /// <summary>The key has the wrong length.</summary>
    KeyLength,

    /// <summary>A key would stay readable that the hardware can hide.</summary>
    KeyReadable,

    /// <summary>The digest of a secure boot key would be hidden, and the chip would never start again.</summary>
    DigestReadProtected,

    /// <summary>Bytes go into a key block without a purpose, in the wrong order for a key and readable.</summary>
    KeyWithoutPurpose,

    /// <summary>Data that software has to read would be hidden from it for good.</summary>
    DataReadProtected,

    /// <summary>Read protection would be lost for good while no flash encryption key is in the chip.</summary>
    ReadProtectionLost,

    /// <summary>A field or block would be locked that a later step of the same procedure burns.</summary>
    EfuseNeededLater,

    /// <summary>The loader would be taken away that later steps of the same procedure need.</summary>
    LoaderNeededLater,

    /// <summary>The key block already holds something else.</summary>
    KeyBlockInUse,

    /// <summary>No key block is free.</summary>
    KeyBlockNotFree,

    /// <summary>The purpose and the block do not go together.</summary>
    KeyPurposeInvalid,

    /// <summary>The controller did not finish in time.</summary>
    EfuseTimeout,

    /// <summary>After the burn the chip does not hold what was burned.</summary>
    EfuseBurnFailed,

    /// <summary>The chip is not the one, or not in the state, that the burn was planned for.</summary>
    EfusePlanStale,

    /// <summary>The chip's crystal frequency is not one the burn timings are known for.</summary>
    EfuseCrystal,

    /// <summary>The coding scheme of this chip does not allow the operation.</summary>
    EfuseCodingScheme,

    // Keys and signatures of secure boot ------------------------------------------------------------------------

    /// <summary>A key file is not well formed.</summary>
    KeyFileInvalid,

    /// <summary>Text that is no path looks like a key in a form that is not taken, and is not shown.</summary>
    KeyAsText,

    /// <summary>A key is of a kind or a curve that the operation does not take.</summary>
    KeyTypeUnsupported,

    /// <summary>A key is encrypted, and the passphrase is missing or wrong.</summary>
    KeyPassphrase,

    /// <summary>A private key is needed, and this one is public.</summary>
    KeyNotPrivate,

    /// <summary>A signature does not belong to the image, the key or both.</summary>
    SignatureInvalid,

    /// <summary>There is no place left for a signature.</summary>
    SignatureLimit,

    /// <summary>An image has no signature.</summary>
    SignatureNotFound,

    /// <summary>The bootloader that is, or will be, in the flash has no good signature by a key that the chip will trust.</summary>
    BootloaderNotSigned,

    /// <summary>Whether the bootloader in the flash is signed cannot be found out.</summary>
    BootloaderUnchecked,

    /// <summary>An image to be written has no good signature by a key that the chip will trust.</summary>
    ImageNotSigned,

    /// <summary>The chip trusts a secure boot key that was not named.</summary>
    DigestUnknown,

    /// <summary>A fault of this silicon, documented by the vendor, makes secure boot with this kind of key unsafe or impossible.</summary>
    SecureBootFault,

    /// <summary>The vendor documents that in secure download mode this silicon gives its flash no power.</summary>
    SecureDownloadFault,

    // Virtual chips ---------------------------------------------------------------------------------------------

    /// <summary>No virtual chip of that name.</summary>
    SimulatorNotFound,

    /// <summary>A virtual chip of that name exists.</summary>
    SimulatorExists,

    /// <summary>A fault plan is not well formed.</summary>
    FaultPlanInvalid,

    /// <summary>Saved state of a virtual chip cannot be used.</summary>
    SimulatorStateInvalid,

    /// <summary>A server for the virtual chip could not be started.</summary>
    SimulatorServer,

    // The application's output ----------------------------------------------------------------------------------

    /// <summary>What the chip printed means failure.</summary>
    OutputFailed,

    /// <summary>The chip did not print in time what was waited for.</summary>
    OutputTimeout,

    // Values ----------------------------------------------------------------------------------------------------

    /// <summary>A number, a size or another value is not well formed.</summary>
    ValueInvalid,

    /// <summary>Two settings do not go together.</summary>
    SettingsConflict,
}
