using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Protection.State;

/// <summary>
/// Says what protects a device, from its eFuses alone. Sources: the eFuse chapters of the technical reference manuals;
/// ESP-IDF, "Flash Encryption" and "Secure Boot v2".
/// </summary>
public static class SecurityAudit
{
    private const int DigestCount = 3;

    /// <summary>Reads a device. In secure download mode that is only what the chip's security information holds.</summary>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static Esp32SecurityState Read(Esp32Device device, CancellationToken cancellationToken)
    {
        Esp32SecurityState state = device.IsSecureDownloadMode
            ? FromSecurityInfo(device.Chip, device.SecurityInfo!)
            : Examine(EfuseReader.Read(device.Loader, device.Chip, cancellationToken));
        return state with
        {
            PortName = device.PortName,
            Findings = [.. state.Findings.Select(finding => finding with { PortName = device.PortName })],
        };
    }

    /// <summary>Examines eFuses that were read before, from a device or a dump.</summary>
    public static Esp32SecurityState Examine(EfuseSnapshot snapshot)
    {
        if (snapshot is null)
        {
            throw new ArgumentNullException(nameof(snapshot));
        }

        ChipDefinition chip = snapshot.Chip;
        var fuses = new FuseReadings(snapshot);
        string counter = fuses.First("SPI_BOOT_CRYPT_CNT", "FLASH_CRYPT_CNT");
        int ones = FuseReadings.Ones(fuses.Number(counter));
        bool isFinal = fuses.IsLocked(counter) || ones == fuses.Length(counter);
        bool v2Counts = snapshot.Revision >= chip.Security.SecureBootV2MinRevision;
        var state = new Esp32SecurityState
        {
            Chip = chip.Name,
            Revision = new Version(snapshot.Revision / 100, snapshot.Revision % 100),
            Mac = snapshot.Decode().FirstOrDefault(field => field.Name == "MAC")?.Value as string,
            FlashCryptCount = ones,
            FlashEncryption = ones % 2 == 0 ? FlashEncryptionMode.None
                : isFinal && fuses.AnySet("DIS_DOWNLOAD_MANUAL_ENCRYPT", "DISABLE_DL_ENCRYPT") ? FlashEncryptionMode.Release
                : FlashEncryptionMode.Development,
            SecureBoot = fuses.IsSet("ABS_DONE_0") ? 1 : v2Counts && fuses.AnySet("SECURE_BOOT_EN", "ABS_DONE_1") ? 2 : 0,
            AggressiveRevoke = fuses.AnySet("SECURE_BOOT_AGGRESSIVE_REVOKE", "REVOKE_AGGRESSIVE"),
            RevokedDigests = [.. Enumerable.Range(0, DigestCount).Where(digest => fuses.IsSet($"SECURE_BOOT_KEY_REVOKE{digest}"))],
            KeySlots = [.. KeySlotReader.Read(fuses)],
            Jtag = Jtag(fuses),
            SecureDownloadMode = chip.Security.SecureDownloadField is string secure && fuses.IsSet(secure),
            DownloadModeDisabled = fuses.IsSet(chip.Security.DownloadDisabledField)
                && snapshot.Revision >= chip.Security.DownloadDisabledMinRevision,
            Open = [],
        };
        state = state with { Open = WhatIsOpen(state, fuses) };
        return state with { Findings = SecurityRules.Apply(state, fuses, isFinal) };
    }

    private static Esp32SecurityState FromSecurityInfo(ChipDefinition chip, SecurityInfo info)
    {
        int ones = FuseReadings.Ones(info.FlashCryptCount);
        JtagState jtag = info.JtagHardDisabled ? JtagState.Disabled : info.JtagSoftDisabled ? JtagState.LockedByKey : JtagState.Open;
        EfuseBlockFacts[] keys = [.. chip.Efuse.Blocks.Where(block => block.KeyPurposeField is not null)];
        return new Esp32SecurityState
        {
            Chip = chip.Name,
            FlashCryptCount = ones,
            FlashEncryption = ones % 2 == 0 ? FlashEncryptionMode.None : FlashEncryptionMode.Release,
            SecureBoot = info.SecureBoot ? 2 : 0,
            AggressiveRevoke = info.AggressiveRevoke,
            RevokedDigests = [.. Enumerable.Range(0, DigestCount).Where(digest => (info.RevokedKeys >> digest & 1) != 0)],
            KeySlots = [.. keys.Select((block, i) => Slot(block, KeySlotReader.NameOf(chip, info.KeyPurposes[i]), info.RevokedKeys))],
            Jtag = jtag,
            SecureDownloadMode = true,
            Open = jtag == JtagState.Open ? ["JTAG"] : [],
            Findings =
            [
                new(
                    FindingSeverity.Information,
                    "SecureDownloadMode",
                    "The chip is in secure download mode: it does not show its eFuses, and more than this cannot be said.",
                    "Compare it with what was recorded when it was provisioned."),
            ],
        };
    }

    private static KeySlot Slot(EfuseBlockFacts block, string purpose, int revokedKeys) => new()
    {
        Block = block.Name,
        Purpose = purpose,
        IsDigest = KeySlotReader.DigestNumber(purpose) is not null,
        IsRevoked = KeySlotReader.DigestNumber(purpose) is int digest && (revokedKeys >> digest & 1) != 0,
    };

    private static JtagState Jtag(FuseReadings fuses)
    {
        bool padsOff = fuses.AnySet("DIS_PAD_JTAG", "HARD_DIS_JTAG", "JTAG_DISABLE");
        bool usbOff = !fuses.Has("DIS_USB_JTAG") || fuses.IsSet("DIS_USB_JTAG");
        if (padsOff && usbOff)
        {
            return JtagState.Disabled;
        }

        // An odd number of ones switches it off until a key opens it again.
        return FuseReadings.Ones(fuses.Number("SOFT_DIS_JTAG")) % 2 == 1 ? JtagState.LockedByKey : JtagState.Open;
    }

    private static string[] WhatIsOpen(Esp32SecurityState state, FuseReadings fuses)
    {
        List<string> open = [];
        void Add(bool isOpen, string what)
        {
            if (isOpen)
            {
                open.Add(what);
            }
        }

        bool loader = !state.DownloadModeDisabled && !state.SecureDownloadMode;
        Add(state.Jtag == JtagState.Open, "JTAG");
        Add(loader, "serial loader with all its commands");
        Add(loader && state.FlashEncryption != FlashEncryptionMode.None && !fuses.AnySet("DIS_DOWNLOAD_MANUAL_ENCRYPT", "DISABLE_DL_ENCRYPT"), "writing through the flash encryption");
        Add(loader && fuses.Has("DISABLE_DL_DECRYPT") && !fuses.IsSet("DISABLE_DL_DECRYPT"), "reading through the flash decryption");
        Add(state.FlashEncryption == FlashEncryptionMode.None, "the flash's contents");
        Add(state.SecureBoot == 0, "software of anybody's making");
        Add(fuses.Has("DIS_DIRECT_BOOT") && !fuses.IsSet("DIS_DIRECT_BOOT"), "direct boot");
        Add(fuses.Has("DIS_LEGACY_SPI_BOOT") && !fuses.IsSet("DIS_LEGACY_SPI_BOOT"), "legacy SPI boot");
        return [.. open];
    }
}
