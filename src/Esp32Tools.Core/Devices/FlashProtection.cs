using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>What protects a device, as far as writing to it is concerned.</summary>
public sealed record FlashProtection
{
    /// <summary>The chip decrypts what it reads from flash.</summary>
    public required bool FlashEncryption { get; init; }

    /// <summary>Secure boot version that is on, 1 or 2; 0 for none.</summary>
    public required int SecureBoot { get; init; }

    /// <summary>The loader takes flash writes only.</summary>
    public required bool SecureDownloadMode { get; init; }

    /// <summary>The loader may not write through the encryption.</summary>
    public required bool DownloadEncryptDisabled { get; init; }

    /// <summary>A flash encryption key is in the chip.</summary>
    public required bool HasFlashKey { get; init; }

    /// <summary>
    /// The flash encryption key comes from the key manager, and the flash below 0x2000 holds what brings it back: to write
    /// there while flash encryption is on loses the key.
    /// </summary>
    public bool UsesKeyManager { get; init; }

    /// <summary>ESP32: which parts of the flash address take part in the key; null elsewhere, and where it is not known.</summary>
    public int? FlashCryptConfig { get; init; }

    internal static FlashProtection Read(LoaderClient loader, SecurityInfo? info, int revision, CancellationToken cancellationToken)
    {
        if (info is { SecureDownloadMode: true })
        {
            // No register can be read; what is not in the security information is taken as the stricter case.
            return new FlashProtection
            {
                FlashEncryption = IsOdd(info.FlashCryptCount),
                SecureBoot = info.SecureBoot ? 2 : 0,
                SecureDownloadMode = true,
                DownloadEncryptDisabled = true,
                HasFlashKey = false,
            };
        }

        SecurityFacts facts = loader.Dialect.Chip!.Security;
        uint ReadRegister(uint address) => loader.ReadRegister(address, cancellationToken);
        bool IsSet(BitField? field) => field is not null && field.Read(ReadRegister) != 0;
        bool keyManager = IsSet(facts.KeyManager);
        return new FlashProtection
        {
            FlashEncryption = IsOdd(facts.FlashCryptCount.Read(ReadRegister)),
            SecureBoot = IsSet(facts.SecureBootV1) ? 1
                : revision >= facts.SecureBootV2MinRevision && IsSet(facts.SecureBootV2) ? 2
                : 0,
            SecureDownloadMode = false,
            DownloadEncryptDisabled = IsSet(facts.DownloadEncryptDisabled),
            HasFlashKey = keyManager || facts.HasFlashKey(ReadRegister),
            UsesKeyManager = keyManager,
            FlashCryptConfig = IsSet(facts.FlashCryptConfigHidden) ? null : (int?)facts.FlashCryptConfig?.Read(ReadRegister),
        };
    }

    private static bool IsOdd(uint value)
    {
        bool odd = false;
        for (; value != 0; value >>= 1)
        {
            odd ^= (value & 1) != 0;
        }

        return odd;
    }
}
