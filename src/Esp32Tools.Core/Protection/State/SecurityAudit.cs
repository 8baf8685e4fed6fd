using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Protection.State;

/// <summary>
/// Determines the protections of a device from its eFuses alone. Sources: the eFuse chapters of the technical reference manuals;
/// ESP-IDF, "Flash Encryption" and "Secure Boot v2".
/// </summary>
public static class SecurityAudit
{
    /// <summary>Reads a device. In secure download mode, only the chip's security information is available.</summary>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static Esp32SecurityState Read(Esp32Device device, CancellationToken cancellationToken)
    {
        Esp32SecurityState state = device.IsSecureDownloadMode
            ? FromSecurityInfo(device.GetChip(), device.SecurityInfo!)
            : Examine(EfuseReader.Read(device.GetLoader(), device.GetChip(), cancellationToken));
        return state with
        {
            PortName = device.PortName,
            Findings = new(state.Findings.Select(finding => finding with { PortName = device.PortName })),
        };
    }

    /// <summary>Examines eFuses already read from a device or a dump.</summary>
    public static Esp32SecurityState Examine(EfuseSnapshot snapshot)
    {
        if (snapshot is null)
        {
            throw new ArgumentNullException(nameof(snapshot));
        }

        ChipDefinition chip = snapshot.Chip;
        var fuses = new FuseReadings(snapshot);
        int ones = EfuseOnes.Count(fuses.Number(EfuseRole.EncryptionCount));
        bool isFinal = fuses.IsLocked(EfuseRole.EncryptionCount) || ones == fuses.Length(EfuseRole.EncryptionCount);
        bool v2Counts = snapshot.Revision >= chip.Security.SecureBootV2MinRevision;
        var state = new Esp32SecurityState
        {
            Chip = chip.Name,
            Revision = DeviceIdentity.RevisionNumber(snapshot.Revision),
            Mac = snapshot.Decode().FirstOrDefault(field => field.Name == snapshot.Table.Get(EfuseRole.FactoryMac).Name)?.Value as string,
            FlashCryptCount = ones,
            FlashEncryption = ones % 2 == 0 ? nameof(FlashEncryptionMode.None)
                : isFinal && fuses.IsSet(EfuseRole.DownloadEncryptDisable) ? nameof(FlashEncryptionMode.Release)
                : nameof(FlashEncryptionMode.Development),
            SecureBoot = fuses.IsSet(EfuseRole.SecureBootV1Enable) ? 1 : v2Counts && fuses.IsSet(EfuseRole.SecureBootEnable) ? 2 : 0,
            AggressiveRevoke = fuses.IsSet(EfuseRole.AggressiveRevoke),
            RevokedDigests = new(Enumerable.Range(0, EfuseRoles.Digests).Where(digest => fuses.IsSet(EfuseRoles.DigestRevoke(digest)))),
            KeySlots = new(KeySlotReader.Read(fuses)),
            Jtag = Jtag(fuses).ToString(),
            SecureDownloadMode = fuses.IsSet(EfuseRole.SecureDownload),
            DownloadModeDisabled = fuses.IsSet(EfuseRole.DownloadDisable)
                && snapshot.Revision >= chip.Security.DownloadDisabledMinRevision,
            Open = new([]),
        };
        state = state with { Open = new(WhatIsOpen(state, fuses)) };
        return state with { Findings = new(SecurityRules.Apply(state, fuses, isFinal)) };
    }

    private static Esp32SecurityState FromSecurityInfo(ChipDefinition chip, SecurityInfo info)
    {
        int ones = EfuseOnes.Count(info.FlashCryptCount);
        JtagState jtag = info.JtagHardDisabled ? JtagState.Disabled : info.JtagSoftDisabled ? JtagState.LockedByKey : JtagState.Open;
        EfuseBlockFacts[] keys = [.. chip.Efuse.Blocks.Where(block => block.HasPurpose)];
        return new Esp32SecurityState
        {
            Chip = chip.Name,
            FlashCryptCount = ones,
            FlashEncryption = ones % 2 == 0 ? nameof(FlashEncryptionMode.None) : nameof(FlashEncryptionMode.Release),
            SecureBoot = info.SecureBoot ? 2 : 0,
            AggressiveRevoke = info.AggressiveRevoke,
            RevokedDigests = new(Enumerable.Range(0, EfuseRoles.Digests).Where(digest => (info.RevokedKeys >> digest & 1) != 0)),
            KeySlots = new(keys.Select((block, i) => Slot(block, KeySlotReader.NameOf(chip, info.KeyPurposes[i]), info.RevokedKeys))),
            Jtag = jtag.ToString(),
            SecureDownloadMode = true,
            Open = new(jtag == JtagState.Open ? ["JTAG"] : []),
            Findings = new(
            [
                new(
                    FindingSeverity.Information,
                    "SecureDownloadMode",
                    "The chip is in secure download mode: it does not show its eFuses, so nothing more is known.",
                    "Compare it with the record of its provisioning."),
            ]),
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
        bool padsOff = fuses.IsSet(EfuseRole.PadJtagDisable);
        bool usbOff = !fuses.Has(EfuseRole.UsbJtagDisable) || fuses.IsSet(EfuseRole.UsbJtagDisable);
        if (padsOff && usbOff)
        {
            return JtagState.Disabled;
        }

        // An odd number of ones switches it off until a key opens it again.
        return EfuseOnes.IsOdd(fuses.Number(EfuseRole.SoftJtagDisable)) ? JtagState.LockedByKey : JtagState.Open;
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

        bool IsOpen(EfuseRole lockedBy) => fuses.Has(lockedBy) && !fuses.IsSet(lockedBy);
        bool loader = !state.DownloadModeDisabled && !state.SecureDownloadMode;
        Add(state.Jtag == nameof(JtagState.Open), "JTAG");
        Add(loader, "serial loader with all its commands");
        Add(loader && state.FlashEncryption != nameof(FlashEncryptionMode.None) && !fuses.IsSet(EfuseRole.DownloadEncryptDisable), "writing through the flash encryption");
        Add(loader && IsOpen(EfuseRole.DownloadDecryptDisable), "reading through the flash decryption");
        Add(state.FlashEncryption == nameof(FlashEncryptionMode.None), "the flash's contents");
        Add(state.SecureBoot == 0, "any software");
        Add(IsOpen(EfuseRole.DirectBootDisable), "direct boot");
        Add(IsOpen(EfuseRole.LegacySpiBootDisable), "legacy SPI boot");
        return [.. open];
    }
}
