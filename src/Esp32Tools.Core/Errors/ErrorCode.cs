// Longer than other files on purpose: an enumeration cannot be split, and one list keeps codes easy to find and unique.
namespace Esp32Tools.Errors;

/// <summary>
/// Every kind of failure a user can meet, once. The name is stable: the module derives the <c>FullyQualifiedErrorId</c>
/// from it, and scripts compare with that.
/// </summary>
public enum ErrorCode
{
    // The cable: transport --------------------------------------------------------------------------------------

    /// <summary>The port name has an unknown form.</summary>
    PortNameInvalid,

    /// <summary>The port does not exist.</summary>
    PortNotFound,

    /// <summary>Another program holds the port.</summary>
    PortInUse,

    /// <summary>The user may not open the port.</summary>
    PortAccessDenied,

    /// <summary>The port went away while in use: unplugged, or the server closed the connection.</summary>
    PortLost,

    /// <summary>The server behind a network port could not be reached.</summary>
    PortUnreachable,

    /// <summary>The port does not support a setting: a baud rate, modem lines.</summary>
    PortUnsupported,

    /// <summary>The port took no more bytes within the time limit.</summary>
    PortWriteTimeout,

    /// <summary>None of the awaited ports was plugged in within the time limit.</summary>
    PortWaitTimeout,

    /// <summary>The other end of the port sends without end, so that nothing can be told from it.</summary>
    PortFlooded,

    // The conversation: loader ----------------------------------------------------------------------------------

    /// <summary>No byte came back after any reset and sync.</summary>
    NoAnswer,

    /// <summary>The chip is running its application, according to its boot log.</summary>
    WrongBootMode,

    /// <summary>Bytes came back, but no frame among them: usually the two ends use different baud rates.</summary>
    GarbledAnswer,

    /// <summary>The answer does not come from an Espressif loader.</summary>
    NotAnEspressifChip,

    /// <summary>The chip has stopped answering.</summary>
    ReplyTimeout,

    /// <summary>A reply does not fit the request.</summary>
    UnexpectedReply,

    /// <summary>The chip refused a command.</summary>
    CommandRefused,

    /// <summary>The loader does not know the command.</summary>
    CommandUnsupported,

    /// <summary>The flasher stub did not start.</summary>
    StubStartFailed,

    /// <summary>There is no flasher stub for this chip in this installation.</summary>
    StubNotAvailable,

    /// <summary>A stub file is damaged, or cannot be read.</summary>
    StubInvalid,

    /// <summary>The baud rate could not be changed.</summary>
    BaudRateChangeFailed,

    /// <summary>A reset sequence is not valid.</summary>
    ResetSequenceInvalid,

    // The chip --------------------------------------------------------------------------------------------------

    /// <summary>The chip is an Espressif chip that this version does not know.</summary>
    ChipUnknown,

    /// <summary>The chip that answered is not the expected one.</summary>
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

    /// <summary>A write would reach the registers that burn eFuses.</summary>
    EfuseRegisters,

    /// <summary>The RAM is in use by the running stub.</summary>
    RamInUse,

    /// <summary>The image is not made for RAM.</summary>
    ImageNotForRam,

    // Flash -----------------------------------------------------------------------------------------------------

    /// <summary>The range does not fit the flash.</summary>
    BeyondFlash,

    /// <summary>An image header claims more flash than there is.</summary>
    FlashSizeClaim,

    /// <summary>Two images need the same sectors.</summary>
    ImagesOverlap,

    /// <summary>The contents of the chip differ from the data written.</summary>
    VerifyFailed,

    /// <summary>The flash reported an error during a write.</summary>
    FlashWriteFailed,

    /// <summary>The flash reported an error during a read, or the digest of the data received is wrong.</summary>
    FlashReadFailed,

    /// <summary>An address or a length does not have the alignment that the operation needs.</summary>
    Misaligned,

    /// <summary>Plain bytes would be written to a chip that decrypts its flash.</summary>
    FlashEncrypted,

    /// <summary>Secure boot protects the area.</summary>
    SecureBootProtected,

    /// <summary>The area holds the key manager's data for the flash key.</summary>
    KeyRecoveryArea,

    /// <summary>The chip has no flash encryption key.</summary>
    FlashKeyMissing,

    /// <summary>An eFuse prevents the loader from writing through the encryption.</summary>
    DownloadEncryptDisabled,

    /// <summary>With the ESP32's FLASH_CRYPT_CONFIG the address does not enter all of the key.</summary>
    FlashCryptConfig,

    /// <summary>The flash encryption key in the chip is not the given one.</summary>
    FlashKeyMismatch,

    /// <summary>Nothing shows that the hidden flash encryption key is the given one.</summary>
    FlashKeyUnproven,

    /// <summary>Flash encryption would be switched on over contents that would then not start.</summary>
    FlashContentsUnproven,

    // Images and files ------------------------------------------------------------------------------------------

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>The file exists already and must not be replaced without permission.</summary>
    FileExists,

    /// <summary>The folder in which a file is to be written does not exist.</summary>
    FolderNotFound,

    /// <summary>The file could not be read or written.</summary>
    FileAccess,

    /// <summary>The file is empty.</summary>
    ImageEmpty,

    /// <summary>The image is shorter than its header says.</summary>
    ImageTruncated,

    /// <summary>The image's header, checksum or digest is wrong.</summary>
    ImageInvalid,

    /// <summary>The image was built for another chip.</summary>
    ImageForOtherChip,

    /// <summary>The image does not run on this revision of the chip.</summary>
    ImageRevision,

    /// <summary>The file is not an ELF file, or breaks a rule of the format.</summary>
    ElfInvalid,

    /// <summary>The ELF file is shorter than its headers say.</summary>
    ElfTruncated,

    /// <summary>The ELF file was built for another kind of machine.</summary>
    ElfForOtherMachine,

    /// <summary>Two segments need the same page of the flash MMU, which an image cannot provide.</summary>
    SegmentsShareFlashPage,

    /// <summary>The image would have more segments, or a longer one, than the chip loads.</summary>
    SegmentLimit,

    /// <summary>The place for the digest of the ELF file holds other data.</summary>
    DigestPlaceTaken,

    /// <summary>A part lies before the start of the merged image.</summary>
    ImageBelowOffset,

    /// <summary>The Intel HEX file is damaged.</summary>
    IntelHexInvalid,

    /// <summary>The UF2 file is damaged.</summary>
    Uf2Invalid,

    /// <summary>The build's list of images to flash cannot be read.</summary>
    FlasherArgumentsInvalid,

    /// <summary>There is no partition table at the expected address.</summary>
    PartitionTableMissing,

    /// <summary>The partition table is damaged or breaks a rule.</summary>
    PartitionTableInvalid,

    /// <summary>The partition does not exist.</summary>
    PartitionNotFound,

    /// <summary>The partition is too small for the data to write.</summary>
    PartitionTooSmall,

    /// <summary>The partition is marked as read-only.</summary>
    PartitionReadOnly,

    /// <summary>The data to write does not fit a partition of this type.</summary>
    PartitionContent,

    /// <summary>The device's partition table does not match the data to write.</summary>
    PartitionTableDiffers,

    /// <summary>A manifest is damaged, or its files do not match its list.</summary>
    ManifestInvalid,

    /// <summary>A manifest belongs to another unit.</summary>
    ManifestForOtherUnit,

    /// <summary>The partition table does not allow a choice between applications.</summary>
    OtaUnavailable,

    /// <summary>There is no application to go back to.</summary>
    OtaRollbackImpossible,

    /// <summary>The place from which the chip reads an image holds none, or a file that no chip reads.</summary>
    NotAnImage,

    /// <summary>An image lies at an address from which nothing starts it.</summary>
    ImageMisplaced,

    /// <summary>The partition table needs more flash than there is.</summary>
    PartitionsBeyondFlash,

    /// <summary>The bootloader's header gives less flash than the partition table needs.</summary>
    FlashSizeBelowTable,

    // Tables and NVS --------------------------------------------------------------------------------------------

    /// <summary>A CSV text is not valid, or does not have the expected columns and rows.</summary>
    CsvInvalid,

    /// <summary>Rows of a table of units break rules; all of them are listed.</summary>
    FactoryDataInvalid,

    /// <summary>A name, a type or a value breaks a rule of NVS.</summary>
    NvsItemInvalid,

    /// <summary>A value does not fit into the NVS partition.</summary>
    NvsFull,

    /// <summary>The bytes are not an NVS partition, or a damaged or encrypted one.</summary>
    NvsInvalid,

    /// <summary>The NVS value does not exist.</summary>
    NvsNotFound,

    // eFuses ----------------------------------------------------------------------------------------------------

    /// <summary>The eFuse field, block or purpose does not exist.</summary>
    EfuseNotFound,

    /// <summary>The value does not fit the field.</summary>
    EfuseValueInvalid,

    /// <summary>A table of the user's own fields breaks a rule of its format, or does not fit the chip.</summary>
    EfuseFieldTableInvalid,

    /// <summary>A set bit cannot be cleared.</summary>
    EfuseAlreadyBurned,

    /// <summary>The new value lacks bits that are set already and cannot be cleared.</summary>
    EfuseValueLacksBits,

    /// <summary>Two fields would both be set that together lock the chip out.</summary>
    EfusePairLocksOut,

    /// <summary>The block is not empty, and its check bytes allow only one write.</summary>
    EfuseBlockWritten,

    /// <summary>A counter has no bit left, or would use its last one.</summary>
    EfuseCounterUsedUp,

    /// <summary>Flash encryption would be on without a key.</summary>
    EncryptionWithoutKey,

    /// <summary>The burn would leave flash encryption off, with bits of its count used up.</summary>
    EncryptionCountEven,

    /// <summary>The field or block is write-protected.</summary>
    EfuseWriteProtected,

    /// <summary>The field or block is read-protected.</summary>
    EfuseReadProtected,

    /// <summary>The key has the wrong length.</summary>
    KeyLength,

    /// <summary>A key would stay readable although the hardware can hide it.</summary>
    KeyReadable,

    /// <summary>The digest of a secure boot key would be hidden, and the chip would never start again.</summary>
    DigestReadProtected,

    /// <summary>Data would go into a key block without a purpose: readable, and in the wrong byte order for a key.</summary>
    KeyWithoutPurpose,

    /// <summary>Data that software has to read would be hidden from it permanently.</summary>
    DataReadProtected,

    /// <summary>Read protection would be lost permanently while the chip has no flash encryption key, or a readable one.</summary>
    ReadProtectionLost,

    /// <summary>A field or block would be locked that a later step of the same procedure burns.</summary>
    EfuseNeededLater,

    /// <summary>The loader would be disabled that later steps of the same procedure need.</summary>
    LoaderNeededLater,

    /// <summary>The key block holds other data already.</summary>
    KeyBlockInUse,

    /// <summary>No key block is free.</summary>
    KeyBlockNotFree,

    /// <summary>The block does not support the purpose.</summary>
    KeyPurposeInvalid,

    /// <summary>The controller did not finish in time.</summary>
    EfuseTimeout,

    /// <summary>After the burn the contents of the chip differ from the data burned.</summary>
    EfuseBurnFailed,

    /// <summary>The chip is not the one for which the burn was planned, or not in the same state.</summary>
    EfusePlanStale,

    /// <summary>No burn timings are known for the chip's crystal frequency.</summary>
    EfuseCrystal,

    /// <summary>The coding scheme of this chip does not allow the operation.</summary>
    EfuseCodingScheme,

    // Keys and signatures of secure boot ------------------------------------------------------------------------

    /// <summary>A key file is not valid.</summary>
    KeyFileInvalid,

    /// <summary>Text that is not a path looks like a key in a form that is not accepted; it is not shown.</summary>
    KeyAsText,

    /// <summary>The operation does not support the kind or the curve of the key.</summary>
    KeyTypeUnsupported,

    /// <summary>A key is encrypted, and the passphrase is missing or wrong.</summary>
    KeyPassphrase,

    /// <summary>An encrypted key asks for more rounds of key derivation than are run.</summary>
    KeyRounds,

    /// <summary>The operation needs a private key, and this one is public.</summary>
    KeyNotPrivate,

    /// <summary>A signature does not belong to the image, the key or both.</summary>
    SignatureInvalid,

    /// <summary>There is no room for another signature.</summary>
    SignatureLimit,

    /// <summary>An image has no signature.</summary>
    SignatureNotFound,

    /// <summary>The bootloader in the flash, now or after the operation, has no valid signature by a key that the chip will trust.</summary>
    BootloaderNotSigned,

    /// <summary>It is unknown whether the bootloader in the flash is signed.</summary>
    BootloaderUnchecked,

    /// <summary>An image to be written has no valid signature by a key that the chip will trust.</summary>
    ImageNotSigned,

    /// <summary>The chip trusts a secure boot key that was not given.</summary>
    DigestUnknown,

    /// <summary>A silicon fault documented by the vendor makes secure boot with this kind of key unsafe or impossible.</summary>
    SecureBootFault,

    /// <summary>The flash of this silicon gets no power in secure download mode, according to the vendor.</summary>
    SecureDownloadFault,

    // Virtual chips ---------------------------------------------------------------------------------------------

    /// <summary>The virtual chip does not exist.</summary>
    SimulatorNotFound,

    /// <summary>A virtual chip of that name exists already.</summary>
    SimulatorExists,

    /// <summary>A fault plan is not valid.</summary>
    FaultPlanInvalid,

    /// <summary>The saved state of a virtual chip cannot be used.</summary>
    SimulatorStateInvalid,

    // The application's output ----------------------------------------------------------------------------------

    /// <summary>The output of the chip reports a failure.</summary>
    OutputFailed,

    /// <summary>The chip did not print the awaited line within the time limit.</summary>
    OutputTimeout,

    // Values ----------------------------------------------------------------------------------------------------

    /// <summary>A number, a size or another value is not valid.</summary>
    ValueInvalid,

    /// <summary>A regular expression takes too long on a text.</summary>
    PatternTimeout,

    /// <summary>Two settings contradict each other.</summary>
    SettingsConflict,

    /// <summary>The work cannot be undone and was not confirmed, and there is nobody to ask.</summary>
    ConfirmationImpossible,
}
