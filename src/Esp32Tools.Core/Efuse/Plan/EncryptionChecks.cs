using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Rules that protect flash encryption and its key in a plan as a whole; espefuse does not enforce them
/// (efuse-rules.md, sections 5 and 8).
/// </summary>
internal static class EncryptionChecks
{
    private const uint WholeConfig = 0xF;

    public static void Check(EfuseBurnQueue queue)
    {
        uint before = (uint)queue.Snapshot.GetNumber(EfuseRole.EncryptionCount);
        uint after = (uint)queue.NumberAfter(EfuseRole.EncryptionCount);
        bool isOn = EfuseOnes.IsOdd(after);
        if (after != before && isOn)
        {
            CheckKey(queue);
        }

        if (after != before && !isOn)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EncryptionCountEven,
                $"This leaves flash encryption of the {queue.Chip.Name} off, with {EfuseOnes.Count(after)} bits of its count set: what is encrypted in the flash no longer starts.",
                "Encryption is on while an odd number of bits is set.")
            { Target = queue.Chip.Name });
        }

        CheckConfig(queue, after != before && isOn);
        CheckReadProtection(queue);
    }

    /// <summary>Refuses to use the last bit of the encryption count unless its value is named.</summary>
    /// <param name="queue">The plan so far.</param>
    /// <param name="field">Any field.</param>
    /// <param name="value">Its new value.</param>
    public static void CheckLastBit(EfuseBurnQueue queue, EfuseField field, ulong value)
    {
        if (field.Role == EfuseRole.EncryptionCount && value == (1UL << field.BitLength) - 1 && queue.Snapshot.GetNumber(field) != value)
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
        if (!FlashKeyUse.IsInKeyManagerAfter(queue) && !queue.Chip.Security.HasFlashKey(queue.ViewAfter))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EncryptionWithoutKey,
                $"This turns flash encryption of the {queue.Chip.Name} on while no flash encryption key is in the chip.",
                "Burn the key first, or in the same plan.")
            { Target = queue.Chip.Name });
        }
    }

    // The count needs a config that lets the address modify the whole key; without it there is hardly any protection.
    private static void CheckConfig(EfuseBurnQueue queue, bool isTurnedOn)
    {
        if (queue.Snapshot.Table.Find(EfuseRole.EncryptionConfig) is not { } config || !queue.Snapshot.IsReadable(config))
        {
            return;
        }

        ulong after = queue.NumberAfter(config);
        bool isChanged = after != queue.Snapshot.GetNumber(config);
        if (after != WholeConfig && (isTurnedOn || isChanged))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.FlashCryptConfig,
                $"{config.Name} would be 0x{after:X}, which leaves parts of the flash address out of the encryption: equal blocks then look equal.",
                "Set it to 0xF in the same plan.")
            { Target = config.Name });
        }
    }

    // Secure boot includes locking RD_DIS, so that nobody can hide a digest (ESP-IDF, secure boot v2).
    private static void CheckReadProtection(EfuseBurnQueue queue)
    {
        SecurityFacts security = queue.Chip.Security;
        EfuseField readDisable = queue.Snapshot.Table.Get(EfuseRole.ReadDisable);
        bool locks = queue.Snapshot.IsWritable(readDisable)
            && (queue.NumberAfter(EfuseRole.WriteDisable) >> readDisable.WriteDisableBit!.Value & 1) != 0;
        bool turnsOn = queue.Snapshot.Revision >= security.SecureBootV2MinRevision
            && queue.Snapshot.GetNumber(EfuseRole.SecureBootEnable) == 0
            && queue.NumberAfter(EfuseRole.SecureBootEnable) != 0;
        if (!locks && !turnsOn)
        {
            return;
        }

        string cause = turnsOn ? "Secure boot comes" : "RD_DIS is locked";
        if (FlashKeyUse.IsReadableAfter(queue))
        {
            Refuse(queue, $"{cause} while the flash encryption key of this {queue.Chip.Name} is readable: it can never be hidden any more.", "Hide the key first, or in the same plan.");
        }
        else if (!security.HasFlashKey(queue.ViewAfter))
        {
            string loss = $"{cause} before the flash encryption key of this {queue.Chip.Name}: a key burned later can never be hidden.";
            if (queue.NumberAfter(EfuseRole.SecureBootEnable) != 0 && !FlashKeyUse.IsAskedFor(queue))
            {
                // A usual set-up of the vendor: many units have secure boot alone.
                queue.Warn(loss);
            }
            else
            {
                Refuse(queue, loss, "Burn the flash encryption key first, or in the same plan.");
            }
        }
    }

    private static void Refuse(EfuseBurnQueue queue, string message, string advice) =>
        queue.RefuseUnlessAllowed(new EfuseException(ErrorCode.ReadProtectionLost, message, advice) { Target = queue.Chip.Name });
}
