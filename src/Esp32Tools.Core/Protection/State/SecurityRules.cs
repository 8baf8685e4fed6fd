using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Protection.State;

/// <summary>Rules that report findings about a state. Each rule is one entry; a rule that does not apply reports nothing.</summary>
internal static class SecurityRules
{
    private const ulong WholeCryptConfig = 0xF;

    public static SecurityFinding[] Apply(Esp32SecurityState state, FuseReadings fuses, bool counterIsFinal)
    {
        List<SecurityFinding> findings = [];
        FlashEncryption(state, fuses, counterIsFinal, findings);
        SecureBoot(state, fuses, findings);
        Doors(state, findings);
        return [.. findings.OrderByDescending(finding => (FindingSeverity)Enum.Parse(typeof(FindingSeverity), finding.Severity))];
    }

    private static void FlashEncryption(Esp32SecurityState state, FuseReadings fuses, bool counterIsFinal, List<SecurityFinding> findings)
    {
        SecurityFacts facts = fuses.Snapshot.Chip.Security;
        bool on = state.FlashEncryption != nameof(FlashEncryptionMode.None);
        bool hasKey = facts.HasFlashKey(fuses.Snapshot.View) || (fuses.Number(EfuseRole.KeyManagerKeys) & SecurityFacts.KeyManagerFlashKey) != 0;
        KeySlot[] keys = [.. state.KeySlots.Where(IsFlashKey)];
        if (!on)
        {
            findings.Add(counterIsFinal
                ? new(FindingSeverity.Critical, "EncryptionUsedUp", "Flash encryption is off, and its counter can take no further bit: it can never be switched on.", "Replace the chip if the flash has to be encrypted.")
                : new(FindingSeverity.Information, "EncryptionOff", "Flash encryption is off: whoever holds the board can read the flash.", "Switch it on before shipping if the flash holds anything secret."));
            return;
        }

        if (!hasKey)
        {
            findings.Add(new(FindingSeverity.Critical, "EncryptionWithoutKey", "Flash encryption is on but has no key: the flash is encrypted with zeros.", "Burn a key if the block can still be written; replace the chip if not."));
        }

        foreach (KeySlot key in keys.Where(key => key.IsReadable == true && key.IsEmpty == false))
        {
            findings.Add(new(FindingSeverity.Critical, "EncryptionKeyReadable", $"The flash encryption key in {key.Block} can be read by software.", "Read-protect the block."));
        }

        if (fuses.Snapshot.Table.Find(EfuseRole.EncryptionConfig) is { } config && fuses.Snapshot.GetNumber(config) != WholeCryptConfig && fuses.Snapshot.IsReadable(config))
        {
            findings.Add(new(FindingSeverity.Critical, "EncryptionWeak", $"{config.Name} is 0x{fuses.Snapshot.GetNumber(config):X} and not 0xF: equal blocks of flash look equal when they are encrypted.", "Burn the missing bits, and encrypt the flash anew."));
        }

        if (state.FlashEncryption == nameof(FlashEncryptionMode.Development))
        {
            findings.Add(new(FindingSeverity.Warning, "EncryptionDevelopment", "Flash encryption is in development mode: it can be switched off, or the loader can write through it.", "Take it to release mode before shipping."));
        }

        if (state.SecureBoot == 0)
        {
            findings.Add(new(FindingSeverity.Warning, "EncryptionWithoutSecureBoot", "Flash encryption is on without secure boot: a foreign program can be written and can read the flash.", "Switch on secure boot as well."));
        }
    }

    private static void SecureBoot(Esp32SecurityState state, FuseReadings fuses, List<SecurityFinding> findings)
    {
        if (state.SecureBoot == 0)
        {
            findings.Add(new(FindingSeverity.Information, "SecureBootOff", "Secure boot is off: the chip runs any software in its flash.", "Switch it on before shipping if only your software may run."));
            return;
        }

        KeySlot[] digests = [.. state.KeySlots.Where(slot => slot.IsDigest)];
        if (state.SecureBoot == 2 && digests.All(digest => digest.IsRevoked || digest.IsEmpty == true))
        {
            findings.Add(new(FindingSeverity.Critical, "SecureBootWithoutKey", "Secure boot is on and there is no digest that it accepts: the chip does not start.", "Burn a digest if a block is free; replace the chip if not."));
        }

        foreach (KeySlot digest in digests.Where(digest => digest.IsReadable == false))
        {
            findings.Add(new(FindingSeverity.Critical, "DigestHidden", $"The digest in {digest.Block} is read-protected: the ROM reads zeros and accepts no signature.", "Use another digest if there is one."));
        }

        for (int number = 0; number < EfuseRoles.Digests; number++)
        {
            EfuseField? revoke = fuses.Snapshot.Table.Find(EfuseRoles.DigestRevoke(number));
            if (revoke is not null && fuses.Snapshot.GetNumber(revoke) == 0 && !digests.Any(digest => KeySlotReader.DigestNumber(digest.Purpose) == number))
            {
                findings.Add(new(FindingSeverity.Warning, "UnusedDigestOpen", $"Secure boot key {number} is not used and not revoked: its digest can still be added.", $"Burn {revoke.Name}."));
            }
        }

        if (state.FlashEncryption == nameof(FlashEncryptionMode.None) && fuses.IsLocked(EfuseRole.ReadDisable))
        {
            findings.Add(new(FindingSeverity.Warning, "EncryptionTooLate", "RD_DIS is write-protected: a flash encryption key can never be hidden from software any more.", "Switch on flash encryption before secure boot on the next units."));
        }
        else if (state.FlashEncryption == nameof(FlashEncryptionMode.None))
        {
            findings.Add(new(FindingSeverity.Information, "SecureBootWithoutEncryption", "Secure boot is on and the flash is readable.", "Switch on flash encryption as well if the flash holds anything secret."));
        }
    }

    // An open door matters when something is locked behind it.
    private static void Doors(Esp32SecurityState state, List<SecurityFinding> findings)
    {
        if (state is { FlashEncryption: nameof(FlashEncryptionMode.None), SecureBoot: 0 })
        {
            return;
        }

        if (state.Jtag == nameof(JtagState.Open))
        {
            findings.Add(new(FindingSeverity.Warning, "JtagOpen", "JTAG is open: it reads decrypted flash and runs anything.", "Burn the fuses that switch JTAG off."));
        }

        if (!state.DownloadModeDisabled && !state.SecureDownloadMode)
        {
            findings.Add(new(FindingSeverity.Warning, "LoaderOpen", "The serial loader takes all its commands: it reads and writes memory, and runs programs.", "Switch to secure download mode, or close the loader."));
        }
    }

    private static bool IsFlashKey(KeySlot slot) =>
        slot.Purpose == "FlashEncryption" || slot.Purpose.StartsWith("XTS_AES_", StringComparison.Ordinal);
}
