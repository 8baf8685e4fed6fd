using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>
/// The eFuses that close ways around flash encryption: those that the vendor's release mode burns, as far as a chip has them
/// (ESP-IDF, security features enablement workflows, and <c>esp_flash_encryption_enable_secure_features</c> of each
/// chip). RD_DIS is not among them: secure boot locks it when no more keys will follow.
/// </summary>
internal static class EncryptionLocks
{
    // The bootloader burns 1, the lowest level, unless its firmware was built for another (ESP-IDF, "Security Features
    // Enablement Workflows"; CONFIG_SECURE_FLASH_PSEUDO_ROUND_FUNC_STRENGTH).
    private const ulong LowLevel = 1;

    private static readonly EfuseRole[] s_caches = [EfuseRole.DownloadInstructionCacheDisable, EfuseRole.DownloadDataCacheDisable];

    private static readonly EfuseRole[] s_loader = [EfuseRole.DownloadDecryptDisable, EfuseRole.DownloadCacheDisable];

    /// <summary>The requests to burn.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="missed">Receives a warning for each lock that is no longer possible.</param>
    public static IReadOnlyList<EfuseRequest> Requests(EfuseSnapshot snapshot, ICollection<string> missed)
    {
        bool hasCaches = s_caches.Any(role => snapshot.Table.Find(role) is not null);
        List<EfuseRequest> requests =
        [
            new EfuseValueRequest { Field = snapshot.Table.Get(EfuseRole.DownloadEncryptDisable).Name, Value = 1 },
            .. DoorLocks.Requests(snapshot, [.. s_loader, .. DoorLocks.Roles, .. s_caches, .. hasCaches ? Array.Empty<EfuseRole>() : [EfuseRole.DownloadMappedFlashDisable]], missed),
        ];
        AddPseudoRounds(snapshot, requests, missed);

        // Burning this bit by mistake disables the cache, and thus the chip, for good; the lock prevents that.
        if (snapshot.Table.Find(EfuseRole.CacheDisable) is { } cache)
        {
            requests.Add(new EfuseProtectionRequest { Name = cache.Name, Protection = EfuseProtection.Write });
        }

        return requests;
    }

    // A higher level chosen before stays.
    private static void AddPseudoRounds(EfuseSnapshot snapshot, List<EfuseRequest> requests, ICollection<string> missed)
    {
        if (snapshot.Table.Find(EfuseRole.PseudoRounds) is not { } field || snapshot.Revision < snapshot.Chip.Security.PseudoRoundsMinRevision || snapshot.GetNumber(field) > LowLevel)
        {
            return;
        }

        if (snapshot.GetNumber(field) == 0 && !snapshot.IsWritable(field))
        {
            missed.Add($"{field.Name} is 0 and write-protected: the encryption stays without pseudo rounds against power analysis.");
            return;
        }

        requests.Add(new EfuseValueRequest { Field = field.Name, Value = LowLevel });
    }
}
