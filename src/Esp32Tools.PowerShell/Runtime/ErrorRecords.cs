using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>The one place where a failure of Core becomes an error record.</summary>
internal static class ErrorRecords
{
    // Windows PowerShell does not show the recommended action, so there the message includes it.
    private static readonly bool s_showsRecommendedAction = typeof(ErrorRecord).Assembly.GetName().Version.Major >= 7;

    /// <summary>Makes the record: its id is the code's name, its recommended action the advice.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="target">The target of the work; null for the one that the failure names.</param>
    /// <param name="lifting">The parameter that lifts a refusal.</param>
    public static ErrorRecord From(Esp32Exception error, string? target = null, string lifting = "Force")
    {
        object? about = error is FactoryDataException table ? table.Problems : target ?? error.Target;
        var record = new ErrorRecord(error, error.Code.ToString(), CategoryOf(error.Code), about);
        // PowerShell writes the name of the target to the screen; the target itself stays true.
        if (about is string name)
        {
            record.CategoryInfo.TargetName = VisibleText.Message(name);
        }

        string advice = error.IsLiftable ? $"{error.Advice} To do it all the same: -{lifting} {error.Code}." : error.Advice;
        if (advice.Length > 0)
        {
            record.ErrorDetails = new ErrorDetails(s_showsRecommendedAction ? error.Message : $"{error.Message} {advice}")
            {
                RecommendedAction = advice,
            };
        }

        return record;
    }

    /// <summary>PowerShell's category of each kind of failure.</summary>
    internal static ErrorCategory CategoryOf(ErrorCode code) => code switch
    {
        ErrorCode.PortInUse or ErrorCode.RamInUse => ErrorCategory.ResourceBusy,
        ErrorCode.PortAccessDenied => ErrorCategory.PermissionDenied,
        ErrorCode.PortLost or ErrorCode.PortUnreachable or ErrorCode.PortFlooded => ErrorCategory.ConnectionError,

        ErrorCode.PortNotFound or ErrorCode.FileNotFound or ErrorCode.FolderNotFound or ErrorCode.PartitionNotFound or ErrorCode.PartitionTableMissing
            or ErrorCode.EfuseNotFound or ErrorCode.NvsNotFound or ErrorCode.SimulatorNotFound or ErrorCode.FlashNotFound or ErrorCode.SignatureNotFound
            => ErrorCategory.ObjectNotFound,

        ErrorCode.FileExists or ErrorCode.SimulatorExists or ErrorCode.KeyBlockInUse or ErrorCode.EfuseAlreadyBurned
            or ErrorCode.EfuseBlockWritten or ErrorCode.EfuseValueLacksBits
            => ErrorCategory.ResourceExists,

        ErrorCode.NoAnswer or ErrorCode.ReplyTimeout or ErrorCode.PortWriteTimeout or ErrorCode.EfuseTimeout
            or ErrorCode.OutputTimeout or ErrorCode.PortWaitTimeout or ErrorCode.PatternTimeout
            => ErrorCategory.OperationTimeout,

        ErrorCode.GarbledAnswer or ErrorCode.NotAnEspressifChip or ErrorCode.UnexpectedReply or ErrorCode.CommandRefused
            or ErrorCode.StubStartFailed or ErrorCode.BaudRateChangeFailed => ErrorCategory.ProtocolError,

        ErrorCode.CommandUnsupported or ErrorCode.PortUnsupported or ErrorCode.ChipUnsupported => ErrorCategory.NotImplemented,
        ErrorCode.StubNotAvailable => ErrorCategory.NotInstalled,

        ErrorCode.SecureDownloadMode or ErrorCode.FlashEncrypted or ErrorCode.SecureBootProtected or ErrorCode.KeyRecoveryArea
            or ErrorCode.FlashKeyMissing or ErrorCode.DownloadEncryptDisabled or ErrorCode.FlashCryptConfig or ErrorCode.EfuseWriteProtected
            or ErrorCode.EfuseReadProtected or ErrorCode.EfuseRegisters or ErrorCode.KeyPassphrase or ErrorCode.EncryptionWithoutKey
            or ErrorCode.FlashKeyMismatch or ErrorCode.FlashKeyUnproven or ErrorCode.FlashContentsUnproven
            or ErrorCode.EncryptionCountEven or ErrorCode.KeyReadable or ErrorCode.DigestReadProtected or ErrorCode.ReadProtectionLost
            or ErrorCode.DataReadProtected or ErrorCode.KeyWithoutPurpose or ErrorCode.EfusePairLocksOut
            or ErrorCode.BootloaderNotSigned or ErrorCode.BootloaderUnchecked or ErrorCode.ImageNotSigned or ErrorCode.DigestUnknown
            or ErrorCode.SecureBootFault or ErrorCode.SecureDownloadFault
            => ErrorCategory.SecurityError,

        ErrorCode.WrongBootMode or ErrorCode.ChipMismatch or ErrorCode.ChipUnknown or ErrorCode.SessionClosed
            or ErrorCode.EfuseCrystal or ErrorCode.EfuseCodingScheme or ErrorCode.EfusePlanStale or ErrorCode.KeyBlockNotFree
            or ErrorCode.EfuseNeededLater or ErrorCode.LoaderNeededLater
            or ErrorCode.ImageForOtherChip or ErrorCode.ImageRevision or ErrorCode.ImageNotForRam
            or ErrorCode.PartitionReadOnly or ErrorCode.PartitionTableDiffers or ErrorCode.ManifestForOtherUnit
            or ErrorCode.OtaUnavailable or ErrorCode.OtaRollbackImpossible
            or ErrorCode.ConfirmationImpossible => ErrorCategory.InvalidOperation,

        ErrorCode.VerifyFailed or ErrorCode.EfuseBurnFailed or ErrorCode.OutputFailed => ErrorCategory.InvalidResult,
        ErrorCode.FlashWriteFailed => ErrorCategory.WriteError,
        ErrorCode.FlashReadFailed => ErrorCategory.ReadError,
        ErrorCode.FileAccess => ErrorCategory.OpenError,

        ErrorCode.BeyondFlash or ErrorCode.FlashSizeClaim or ErrorCode.KeyLength or ErrorCode.KeyRounds or ErrorCode.SignatureLimit
            or ErrorCode.EfuseCounterUsedUp or ErrorCode.NvsFull or ErrorCode.PartitionTooSmall
            or ErrorCode.PartitionsBeyondFlash or ErrorCode.FlashSizeBelowTable => ErrorCategory.LimitsExceeded,

        ErrorCode.ImageEmpty or ErrorCode.ImageTruncated or ErrorCode.ImageInvalid or ErrorCode.PartitionTableInvalid
            or ErrorCode.PartitionContent or ErrorCode.ManifestInvalid or ErrorCode.NotAnImage
            or ErrorCode.StubInvalid or ErrorCode.EfuseFieldTableInvalid or ErrorCode.SimulatorStateInvalid => ErrorCategory.InvalidData,
        ErrorCode.ElfInvalid or ErrorCode.ElfTruncated or ErrorCode.ElfForOtherMachine or ErrorCode.SegmentsShareFlashPage
            or ErrorCode.SegmentLimit or ErrorCode.DigestPlaceTaken or ErrorCode.IntelHexInvalid or ErrorCode.Uf2Invalid
            or ErrorCode.FlasherArgumentsInvalid or ErrorCode.KeyFileInvalid or ErrorCode.SignatureInvalid => ErrorCategory.InvalidData,
        ErrorCode.CsvInvalid or ErrorCode.FactoryDataInvalid or ErrorCode.NvsInvalid or ErrorCode.NvsItemInvalid => ErrorCategory.InvalidData,

        ErrorCode.PortNameInvalid or ErrorCode.ResetSequenceInvalid or ErrorCode.ImagesOverlap or ErrorCode.Misaligned
            or ErrorCode.EfuseValueInvalid or ErrorCode.KeyPurposeInvalid or ErrorCode.FaultPlanInvalid
            or ErrorCode.ValueInvalid or ErrorCode.AddressUnmapped or ErrorCode.ImageBelowOffset or ErrorCode.ImageMisplaced or ErrorCode.SettingsConflict
            or ErrorCode.KeyTypeUnsupported or ErrorCode.KeyNotPrivate or ErrorCode.KeyAsText => ErrorCategory.InvalidArgument,

        _ => ErrorCategory.NotSpecified,
    };
}
