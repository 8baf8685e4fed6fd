using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// What a plan as a whole must not do to flash encryption and to the protection of its key, and espefuse does all the same
/// (efuse-rules sections 5, last paragraph, and 8).
/// </summary>
internal static class EncryptionChecks
{
    private const uint WholeConfig = 0xF;

    public static void Check(EfuseBurnQueue queue)
    {
        SecurityFacts security = queue.Chip.Security;
        uint before = security.FlashCryptCount.Read(queue.Snapshot.ReadRegister);
        uint after = security.FlashCryptCount.Read(queue.RegisterAfter);
        bool isOn = EfuseBits.CountOnes(after) % 2 == 1;
        if (after != before && isOn)
        {
            CheckKey(queue);
        }

        if (after != before && !isOn)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EncryptionCountEven,
                $"This leaves flash encryption of the {queue.Chip.Name} off, with {EfuseBits.CountOnes(after)} bits of its count set: what is encrypted in the flash no longer starts.",
                "Encryption is on while an odd number of bits is set.")
            { Target = queue.Chip.Name });
        }

        CheckConfig(queue, after != before && isOn);
        CheckReadProtection(queue);
    }

    /// <summary>Refuses to use the last bit of the encryption count unless its value is named.</summary>
    /// <param name="queue">The plan so far.</param>
    /// <param name="field">Any field.</param>
    /// <param name="value">What it becomes.</param>
    public static void CheckLastBit(EfuseBurnQueue queue, EfuseField field, ulong value)
    {
        // Of the counters only that of the encryption starts to protect something (see EfuseBurnPhase).
        if (field.IsCounter && field.Phase == EfuseBurnPhase.Late && value == (1UL << field.BitLength) - 1 && queue.Snapshot.GetNumber(field) != value)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EfuseCounterUsedUp,
                $"The next bit of {field.Name} is its last: flash encryption can then never be turned off again.",
                $"Name the value {value} to mean that.")
            { Target = field.Name });
        }
    }

    private static void CheckKey(EfuseBurnQueue queue)
    {
        SecurityFacts security = queue.Chip.Security;
        bool isInKeyManager = security.KeyManager is { } manager && manager.Read(queue.RegisterAfter) != 0;
        if (!isInKeyManager && !security.HasFlashKey(queue.RegisterAfter))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EncryptionWithoutKey,
                $"This turns flash encryption of the {queue.Chip.Name} on while no flash encryption key is in the chip.",
                "Burn the key first, or in the same plan.")
            { Target = queue.Chip.Name });
        }
    }

    // The count comes with a config that lets the address into all of the key, or it is no protection to speak of.
    private static void CheckConfig(EfuseBurnQueue queue, bool isTurnedOn)
    {
        SecurityFacts security = queue.Chip.Security;
        if (security.FlashCryptConfig is not { } config
            || (security.FlashCryptConfigHidden is { } hidden && hidden.Read(queue.Snapshot.ReadRegister) != 0))
        {
            return;
        }

        uint after = config.Read(queue.RegisterAfter);
        bool isChanged = after != config.Read(queue.Snapshot.ReadRegister);
        if (after != WholeConfig && (isTurnedOn || isChanged))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.FlashCryptConfig,
                $"FLASH_CRYPT_CONFIG would be 0x{after:X}, which leaves parts of the flash address out of the encryption: equal blocks then look equal.",
                "Set it to 0xF in the same plan.")
            { Target = "FLASH_CRYPT_CONFIG" });
        }
    }

    // Secure boot brings with it that RD_DIS is locked, so that nobody hides a digest (ESP-IDF, secure boot v2).
    private static void CheckReadProtection(EfuseBurnQueue queue)
    {
        SecurityFacts security = queue.Chip.Security;
        EfuseField readDisable = queue.Snapshot.Table.Get("RD_DIS");
        bool locks = queue.Snapshot.IsWritable(readDisable)
            && (queue.NumberAfter(queue.Snapshot.Table.Get("WR_DIS")) >> readDisable.WriteDisableBit!.Value & 1) != 0;
        bool turnsOn = queue.Snapshot.Revision >= security.SecureBootV2MinRevision
            && security.SecureBootV2.Read(queue.Snapshot.ReadRegister) == 0
            && security.SecureBootV2.Read(queue.RegisterAfter) != 0;
        if ((locks || turnsOn) && !security.HasFlashKey(queue.RegisterAfter))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.ReadProtectionLost,
                $"{(turnsOn ? "Secure boot comes" : "RD_DIS is locked")} before the flash encryption key of this {queue.Chip.Name}: a key burned later can never be hidden.",
                "Burn the flash encryption key first, or in the same plan.")
            { Target = queue.Chip.Name });
        }
    }
}
