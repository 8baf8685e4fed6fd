using Esp32Tools.Chips;
using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Loader;

/// <summary>What the fuses allow a loader.</summary>
internal readonly struct ChipSecurity
{
    private readonly ChipMachine _chip;

    public ChipSecurity(ChipMachine chip) => _chip = chip;

    /// <summary>The loader is closed: the chip runs its program whatever the boot pin says.</summary>
    public bool IsDownloadDisabled =>
        _chip.Efuse.Field(Facts.DownloadDisabledField) != 0 && Revision >= Facts.DownloadDisabledMinRevision;

    /// <summary>The loader has only the commands of secure download mode.</summary>
    public bool IsSecureDownload => Facts.SecureDownloadField is { } name && _chip.Efuse.Field(name) != 0;

    /// <summary>Secure boot (v2) is on.</summary>
    public bool IsSecureBoot => Facts.SecureBootV2.Read(_chip.Bus.Read) != 0 && Revision >= Facts.SecureBootV2MinRevision;

    /// <summary>Flash encryption is on: what the processor fetches from flash is decrypted.</summary>
    public bool IsFlashEncrypted
    {
        get
        {
            uint count = Facts.FlashCryptCount.Read(_chip.Bus.Read);
            bool odd = false;
            for (; count != 0; count &= count - 1)
            {
                odd = !odd;
            }

            return odd;
        }
    }

    /// <summary>The hardware that encrypts what a loader writes; null when fuses forbid it, or hold no key.</summary>
    public IFlashCipher? WriteCipher =>
        Facts.DownloadEncryptDisabled.Read(_chip.Bus.Read) != 0 ? null : FlashCiphers.For(_chip.Facts, _chip.Efuse);

    /// <summary>Revision of the silicon, major * 100 + minor.</summary>
    public int Revision
    {
        get
        {
            IdentityFacts identity = _chip.Facts.Identity;
            if (identity.MisnamedRevision?.Invoke(_chip.Bus.Read) is int misnamed)
            {
                return misnamed;
            }

            uint raw = identity.MajorRevision.Read(_chip.Bus.Read);
            int major = identity.MajorRevisionMap is { } map ? (map.TryGetValue(raw, out int known) ? known : 0) : (int)raw;
            return (100 * major) + (int)identity.MinorRevision.Read(_chip.Bus.Read);
        }
    }

    private SecurityFacts Facts => _chip.Facts.Security;
}
