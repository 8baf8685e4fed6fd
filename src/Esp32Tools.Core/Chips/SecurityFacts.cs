using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>The security features of a chip. The places of their state are in its eFuse table.</summary>
public sealed class SecurityFacts
{
    /// <summary>
    /// Bit of <see cref="EfuseRole.KeyManagerKeys"/> by which the flash encryption key comes from the key manager and not from
    /// eFuse; the flash below 0x2000 then holds its recovery data.
    /// </summary>
    public const uint KeyManagerFlashKey = 1u << 1;

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.SecureBootEnable"/> has an effect.</summary>
    public int SecureBootV2MinRevision { get; init; }

    /// <summary>The ROM's support for checking its bootloader; null where the vendor supports no secure boot.</summary>
    public SecureBootFacts? SecureBoot { get; init; }

    /// <summary>
    /// Revisions (major * 100 + minor) whose flash gets no power in secure download mode, so that it can no longer be
    /// written.
    /// </summary>
    public IReadOnlyList<int> SecureDownloadFaultyRevisions { get; init; } = [];

    /// <summary>Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.DownloadDisable"/> has an effect.</summary>
    public int DownloadDisabledMinRevision { get; init; }

    /// <summary>
    /// Lowest revision (major * 100 + minor) on which <see cref="EfuseRole.PseudoRounds"/> has an effect, where the chip has that field (ESP-IDF,
    /// <c>spi_flash_encrypt_ll_is_pseudo_rounds_function_supported</c>).
    /// </summary>
    public int PseudoRoundsMinRevision { get; init; }

    /// <summary>Allowed lengths of a flash encryption key file in bytes, the usual one first.</summary>
    public IReadOnlyList<int> FlashKeyLengths { get; init; } = [32];

    /// <summary>True when a flash encryption key is in eFuse.</summary>
    public Func<EfuseView, bool> HasFlashKey { get; init; } = FlashKeyRules.ByPurpose;
}
