using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>What holds for the security of a chip. Where its state is, is in its eFuse table.</summary>
public sealed class SecurityFacts
{
    /// <summary>
    /// Bit of <see cref="EfuseRole.KeyManagerKeys"/> by which the flash encryption key comes from the key manager and not from
    /// eFuse; the flash below 0x2000 then holds what brings it back.
    /// </summary>
    public const uint KeyManagerFlashKey = 1u << 1;

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.SecureBootEnable"/> counts.</summary>
    public int SecureBootV2MinRevision { get; init; }

    /// <summary>What its ROM can do to check its bootloader; null where the vendor supports no secure boot.</summary>
    public SecureBootFacts? SecureBoot { get; init; }

    /// <summary>
    /// Revisions (major * 100 + minor) whose flash gets no power in secure download mode, so that nothing can be written there
    /// any more.
    /// </summary>
    public IReadOnlyList<int> SecureDownloadFaultyRevisions { get; init; } = [];

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.DownloadDisable"/> counts.</summary>
    public int DownloadDisabledMinRevision { get; init; }

    /// <summary>
    /// Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.PseudoRounds"/> does something, where the chip has that field (ESP-IDF,
    /// <c>spi_flash_encrypt_ll_is_pseudo_rounds_function_supported</c>).
    /// </summary>
    public int PseudoRoundsMinRevision { get; init; }

    /// <summary>Bytes that a flash encryption key can have in its file, the usual number first.</summary>
    public IReadOnlyList<int> FlashKeyLengths { get; init; } = [32];

    /// <summary>True when a flash encryption key is in eFuse.</summary>
    public Func<EfuseView, bool> HasFlashKey { get; init; } = FlashKeyRules.ByPurpose;
}
