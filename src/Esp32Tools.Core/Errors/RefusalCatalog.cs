namespace Esp32Tools.Errors;

/// <summary>
/// The refusals that can be lifted, by operation. Other refused actions are impossible, or could not be distinguished from
/// a failure.
/// </summary>
public static class RefusalCatalog
{
    /// <summary>A write of flash.</summary>
    public static LiftableRefusals FlashWrite { get; } = new(
        ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid,
        ErrorCode.ImagesOverlap, ErrorCode.BeyondFlash, ErrorCode.FlashSizeClaim, ErrorCode.FlashEncrypted,
        ErrorCode.SecureBootProtected, ErrorCode.KeyRecoveryArea, ErrorCode.Misaligned,
        ErrorCode.NotAnImage, ErrorCode.ImageMisplaced, ErrorCode.PartitionContent, ErrorCode.PartitionTooSmall,
        ErrorCode.PartitionTableMissing, ErrorCode.PartitionTableInvalid, ErrorCode.PartitionsBeyondFlash, ErrorCode.FlashSizeBelowTable);

    /// <summary>An erase of flash by address.</summary>
    public static LiftableRefusals FlashErase { get; } = new(ErrorCode.SecureBootProtected, ErrorCode.FlashEncrypted);

    /// <summary>A write of partitions.</summary>
    public static LiftableRefusals PartitionWrite { get; } = new(
        ErrorCode.PartitionReadOnly, ErrorCode.PartitionContent, ErrorCode.PartitionTableDiffers, ErrorCode.ManifestForOtherUnit,
        ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid,
        ErrorCode.FlashEncrypted, ErrorCode.SecureBootProtected, ErrorCode.NotAnImage, ErrorCode.ImageMisplaced,
        ErrorCode.PartitionTableMissing, ErrorCode.PartitionTableInvalid);

    /// <summary>An erase of partitions.</summary>
    public static LiftableRefusals PartitionErase { get; } = new(
        ErrorCode.PartitionReadOnly, ErrorCode.SecureBootProtected, ErrorCode.FlashEncrypted);

    /// <summary>A merge of images into one file.</summary>
    public static LiftableRefusals ImageMerge { get; } = new(
        ErrorCode.ImageForOtherChip, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid,
        ErrorCode.NotAnImage, ErrorCode.ImageMisplaced, ErrorCode.PartitionContent, ErrorCode.PartitionTooSmall,
        ErrorCode.PartitionTableMissing, ErrorCode.PartitionTableInvalid, ErrorCode.FlashSizeBelowTable);

    /// <summary>A choice of the application to boot: the data there is not an application for this chip, or goes on behind its partition.</summary>
    public static LiftableRefusals OtaSwitch { get; } = new(
        ErrorCode.ImageInvalid, ErrorCode.ImageTruncated, ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.PartitionTooSmall);

    /// <summary>
    /// A burn of eFuses. Excludes write protection, key lengths, purposes that the hardware cannot use, a key block that holds
    /// another key, or the hiding of a digest.
    /// </summary>
    public static LiftableRefusals EfuseBurn { get; } = new(
        ErrorCode.EncryptionWithoutKey, ErrorCode.EncryptionCountEven, ErrorCode.EfuseCounterUsedUp, ErrorCode.FlashCryptConfig,
        ErrorCode.KeyReadable, ErrorCode.KeyWithoutPurpose, ErrorCode.ReadProtectionLost, ErrorCode.EfuseBlockWritten,
        ErrorCode.EfuseValueLacksBits, ErrorCode.EfusePairLocksOut, ErrorCode.DataReadProtected, ErrorCode.SecureDownloadFault);

    /// <summary>The switch-on of flash encryption: those of a flash write, of a burn, and two of the procedure.</summary>
    public static LiftableRefusals FlashEncryption { get; } = new(
        [.. FlashWrite.Codes, .. EfuseBurn.Codes, ErrorCode.FlashKeyUnproven, ErrorCode.FlashContentsUnproven]);

    /// <summary>The switch-on of secure boot. Excludes an unsigned bootloader that was read.</summary>
    public static LiftableRefusals SecureBoot { get; } = new(
        ErrorCode.BootloaderUnchecked, ErrorCode.DigestUnknown, ErrorCode.SecureBootFault, ErrorCode.SecureDownloadFault,
        ErrorCode.ReadProtectionLost, ErrorCode.SecureBootProtected);

    /// <summary>A read of memory and registers.</summary>
    public static LiftableRefusals MemoryRead { get; } = new(ErrorCode.AddressUnmapped, ErrorCode.FileExists);

    /// <summary>A write of memory and registers. The registers of the eFuse controller need their own code.</summary>
    public static LiftableRefusals MemoryWrite { get; } = new(ErrorCode.AddressUnmapped, ErrorCode.EfuseRegisters);

    /// <summary>A load of a program into RAM.</summary>
    public static LiftableRefusals RamImage { get; } = new(ErrorCode.ImageRevision);
}
