using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>
/// The eFuses that lock what would lead around flash encryption: those that the vendor's release mode burns, as far as a chip
/// has them (ESP-IDF, security features enablement workflows, and <c>esp_flash_encryption_enable_secure_features</c> of each
/// chip). RD_DIS is not among them: secure boot locks that, when no key can come any more.
/// </summary>
internal static class EncryptionLocks
{
    private const string MappedFlash = "SPI_DOWNLOAD_MSPI_DIS";

    // The bootloader burns 1, the lowest level, unless its firmware was built for another (ESP-IDF, "Security Features
    // Enablement Workflows"; CONFIG_SECURE_FLASH_PSEUDO_ROUND_FUNC_STRENGTH).
    private const string PseudoRounds = "XTS_DPA_PSEUDO_LEVEL";
    private const ulong LowLevel = 1;

    // The cache goes off for good where somebody burns it by mistake, and the chip with it: that is what the lock is against.
    private static readonly string[] s_locked = ["DIS_ICACHE", "DIS_CACHE"];

    private static readonly string[] s_caches = ["DIS_DOWNLOAD_ICACHE", "DIS_DOWNLOAD_DCACHE"];

    private static readonly string[] s_essential = ["DIS_DOWNLOAD_MANUAL_ENCRYPT", "DISABLE_DL_ENCRYPT"];

    private static readonly string[] s_loader = ["DISABLE_DL_DECRYPT", "DISABLE_DL_CACHE"];

    /// <summary>What is to be burned.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="missed">What can no longer be locked, and what that means.</param>
    public static IReadOnlyList<EfuseRequest> Requests(EfuseSnapshot snapshot, ICollection<string> missed)
    {
        bool hasCaches = s_caches.Any(name => snapshot.Table.Find(name) is not null);
        List<EfuseRequest> requests =
        [
            .. s_essential.Where(name => snapshot.Table.Find(name) is not null).Select(name => new EfuseValueRequest { Field = name, Value = 1 }),
            .. DoorLocks.Requests(snapshot, [.. s_loader, .. DoorLocks.Fields, .. s_caches, .. hasCaches ? Array.Empty<string>() : [MappedFlash]], missed),
        ];
        AddPseudoRounds(snapshot, requests, missed);
        requests.AddRange(s_locked.Where(name => snapshot.Table.Find(name) is not null)
            .Select(name => new EfuseProtectionRequest { Name = name, Protection = EfuseProtection.Write }));
        return requests;
    }

    // A higher level that somebody chose stays.
    private static void AddPseudoRounds(EfuseSnapshot snapshot, List<EfuseRequest> requests, ICollection<string> missed)
    {
        if (snapshot.Table.Find(PseudoRounds) is not { } field || snapshot.Revision < snapshot.Chip.Security.PseudoRoundsMinRevision || snapshot.GetNumber(field) > LowLevel)
        {
            return;
        }

        if (snapshot.GetNumber(field) == 0 && !snapshot.IsWritable(field))
        {
            missed.Add($"{field.Name} is 0 and write protected: the encryption stays without pseudo rounds against power analysis.");
            return;
        }

        requests.Add(new EfuseValueRequest { Field = field.Name, Value = LowLevel });
    }
}
