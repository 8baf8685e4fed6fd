using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The limits that the fuses set for a loader.</summary>
internal readonly struct ChipSecurity
{
    private readonly ChipMachine _chip;

    public ChipSecurity(ChipMachine chip) => _chip = chip;

    /// <summary>The loader is closed: the chip runs its program regardless of the boot pin.</summary>
    public bool IsDownloadDisabled =>
        _chip.Efuse.Shown(EfuseRole.DownloadDisable) != 0 && Revision >= Facts.DownloadDisabledMinRevision;

    /// <summary>The loader has only the commands of secure download mode.</summary>
    public bool IsSecureDownload => _chip.Efuse.Shown(EfuseRole.SecureDownload) != 0;

    /// <summary>
    /// The loader that runs has lost its registers. The ROM looks at the read registers after each command; that of the
    /// ESP32 looks at a reset only (efuse-rules.md, section 4).
    /// </summary>
    public bool IsClosing => IsSecureDownload || (IsDownloadDisabled && _chip.Facts.Efuse.Generation != EfuseGeneration.Esp32);

    /// <summary>Secure boot (v2) is on.</summary>
    public bool IsSecureBoot => _chip.Efuse.Field(EfuseRole.SecureBootEnable) != 0 && Revision >= Facts.SecureBootV2MinRevision;

    /// <summary>Secure boot version 1 is on: the ESP32 wants a digest of its bootloader.</summary>
    public bool IsSecureBootV1 => _chip.Efuse.Field(EfuseRole.SecureBootV1Enable) != 0;

    /// <summary>Flash encryption is on: what the processor fetches from flash is decrypted.</summary>
    public bool IsFlashEncrypted => EfuseOnes.IsOdd(_chip.Efuse.Field(EfuseRole.EncryptionCount));

    /// <summary>The hardware that encrypts a loader's writes; null when fuses forbid it, or hold no key.</summary>
    public IFlashCipher? WriteCipher =>
        _chip.Efuse.Field(EfuseRole.DownloadEncryptDisable) != 0 ? null : FlashCiphers.For(_chip.Facts, _chip.Efuse);

    /// <summary>Revision of the silicon, major * 100 + minor.</summary>
    public int Revision => _chip.Facts.ReadRevision(_chip.Bus.Read);

    private SecurityFacts Facts => _chip.Facts.Security;
}
