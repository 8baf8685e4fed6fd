using System;
using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Where a running target keeps its security state.</summary>
public sealed class SecurityFacts
{
    /// <summary>Flash encryption counter: encryption is on when it holds an odd number of ones.</summary>
    public required BitField FlashCryptCount { get; init; }

    /// <summary>One when the loader may not write through the encryption.</summary>
    public required BitField DownloadEncryptDisabled { get; init; }

    /// <summary>Secure boot v1 (ESP32 only).</summary>
    public BitField? SecureBootV1 { get; init; }

    /// <summary>Secure boot v2, the only kind on later chips.</summary>
    public required BitField SecureBootV2 { get; init; }

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="SecureBootV2"/> counts.</summary>
    public int SecureBootV2MinRevision { get; init; }

    /// <summary>What its ROM can do to check its bootloader; null where the vendor supports no secure boot.</summary>
    public SecureBootFacts? SecureBoot { get; init; }

    /// <summary>ESP32: which parts of the address tweak the key; must be 0xF.</summary>
    public BitField? FlashCryptConfig { get; init; }

    /// <summary>eFuse field that leaves the ROM only the commands of secure download mode; null where there is none.</summary>
    public string? SecureDownloadField { get; init; } = "ENABLE_SECURITY_DOWNLOAD";

    /// <summary>
    /// Revisions (major * 100 + minor) whose flash gets no power in secure download mode, so that nothing can be written there
    /// any more.
    /// </summary>
    public IReadOnlyList<int> SecureDownloadFaultyRevisions { get; init; } = [];

    /// <summary>eFuse field that closes the loader altogether.</summary>
    public string DownloadDisabledField { get; init; } = "DIS_DOWNLOAD_MODE";

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="DownloadDisabledField"/> counts.</summary>
    public int DownloadDisabledMinRevision { get; init; }

    /// <summary>ESP32: one when <see cref="FlashCryptConfig"/> can no longer be read; it counts as 0xF then.</summary>
    public BitField? FlashCryptConfigHidden { get; init; }

    /// <summary>
    /// One when the flash encryption key comes from the key manager and not from eFuse; the flash below 0x2000 then holds what
    /// brings it back. Null where there is none.
    /// </summary>
    public BitField? KeyManager { get; init; }

    /// <summary>
    /// Lowest revision (major * 100 + minor) on which XTS_DPA_PSEUDO_LEVEL does something, where the chip has that field (ESP-IDF,
    /// <c>spi_flash_encrypt_ll_is_pseudo_rounds_function_supported</c>).
    /// </summary>
    public int PseudoRoundsMinRevision { get; init; }

    /// <summary>Bytes that a flash encryption key can have in its file, the usual number first.</summary>
    public IReadOnlyList<int> FlashKeyLengths { get; init; } = [32];

    /// <summary>True when a flash encryption key is in eFuse.</summary>
    public required Func<Func<uint, uint>, bool> HasFlashKey { get; init; }
}
