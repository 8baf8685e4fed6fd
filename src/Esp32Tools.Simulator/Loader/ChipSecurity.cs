using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Loader;

/// <summary>What the fuses allow a loader.</summary>
internal readonly struct ChipSecurity
{
    private readonly ChipMachine _chip;

    public ChipSecurity(ChipMachine chip) => _chip = chip;

    /// <summary>The loader is closed: the chip runs its program whatever the boot pin says.</summary>
    public bool IsDownloadDisabled =>
        IsSet(_chip.Profile.DownloadDisabled) && Revision >= _chip.Profile.DownloadDisabledMinRevision;

    /// <summary>The loader has only the commands of secure download mode.</summary>
    public bool IsSecureDownload => _chip.Profile.SecureDownload is { } fuse && IsSet(fuse);

    /// <summary>Secure boot (v2) is on.</summary>
    public bool IsSecureBoot => _chip.Profile.Chip.Security.SecureBootV2.Read(_chip.Bus.Read) != 0
        && Revision >= _chip.Profile.Chip.Security.SecureBootV2MinRevision;

    /// <summary>Revision of the silicon, major * 100 + minor.</summary>
    public int Revision
    {
        get
        {
            IdentityFacts identity = _chip.Profile.Chip.Identity;
            uint raw = identity.MajorRevision.Read(_chip.Bus.Read);
            int major = identity.MajorRevisionMap is { } map ? (map.TryGetValue(raw, out int known) ? known : 0) : (int)raw;
            return (100 * major) + (int)identity.MinorRevision.Read(_chip.Bus.Read);
        }
    }

    private bool IsSet((int Word, int Bit) fuse) => (_chip.Efuse.Block0(fuse.Word) >> fuse.Bit & 1) != 0;
}
