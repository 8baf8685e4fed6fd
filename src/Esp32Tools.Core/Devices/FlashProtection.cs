using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>The protection of a device, as far as it concerns writes.</summary>
public sealed record FlashProtection
{
    /// <summary>True when flash encryption is on: the chip decrypts the data it reads from flash.</summary>
    public required bool FlashEncryption { get; init; }

    /// <summary>Active version of secure boot, 1 or 2; 0 for none.</summary>
    public required int SecureBoot { get; init; }

    /// <summary>True in secure download mode: the loader allows only flash writes.</summary>
    public required bool SecureDownloadMode { get; init; }

    /// <summary>True when the loader may not write through the encryption.</summary>
    public required bool DownloadEncryptDisabled { get; init; }

    /// <summary>True when the chip has a flash encryption key.</summary>
    public required bool HasFlashKey { get; init; }

    /// <summary>
    /// True when the flash encryption key comes from the key manager and the flash below 0x2000 holds its recovery data: a
    /// write there while flash encryption is on loses the key.
    /// </summary>
    public bool UsesKeyManager { get; init; }

    /// <summary>ESP32: the parts of the flash address that enter the key; null on other chips, and when unknown.</summary>
    public int? FlashCryptConfig { get; init; }

    internal static FlashProtection Read(LoaderClient loader, SecurityInfo? info, int revision, CancellationToken cancellationToken)
    {
        if (info is { SecureDownloadMode: true })
        {
            // No register can be read; values outside the security information are assumed to be the stricter case.
            return new FlashProtection
            {
                FlashEncryption = EfuseOnes.IsOdd(info.FlashCryptCount),
                SecureBoot = info.SecureBoot ? 2 : 0,
                SecureDownloadMode = true,
                DownloadEncryptDisabled = true,
                HasFlashKey = false,
            };
        }

        ChipDefinition chip = loader.Dialect.Chip!;
        EfuseView fuses = new(chip, revision, address => loader.ReadRegister(address, cancellationToken));
        bool keyManager = (fuses.Read(EfuseRole.KeyManagerKeys) & SecurityFacts.KeyManagerFlashKey) != 0;
        return new FlashProtection
        {
            FlashEncryption = EfuseOnes.IsOdd(fuses.Read(EfuseRole.EncryptionCount)),
            SecureBoot = fuses.IsSet(EfuseRole.SecureBootV1Enable) ? 1
                : revision >= chip.Security.SecureBootV2MinRevision && fuses.IsSet(EfuseRole.SecureBootEnable) ? 2
                : 0,
            SecureDownloadMode = false,
            DownloadEncryptDisabled = fuses.IsSet(EfuseRole.DownloadEncryptDisable),
            HasFlashKey = keyManager || chip.Security.HasFlashKey(fuses),
            UsesKeyManager = keyManager,
            FlashCryptConfig = fuses.Table.Find(EfuseRole.EncryptionConfig) is not { } config || fuses.IsHidden(EfuseRole.EncryptionConfig) ? null : (int)fuses.Read(config),
        };
    }
}
