using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse;

namespace Esp32Tools.Procedures;

/// <summary>
/// The eFuses that lock what would lead around flash encryption: those that the vendor's release mode burns, as far as a chip
/// has them (ESP-IDF, security features enablement workflows, and <c>esp_flash_encryption_enable_secure_features</c> of each
/// chip). RD_DIS is not among them: secure boot locks that, when no key can come any more.
/// </summary>
internal static class EncryptionLocks
{
    private const string MappedFlash = "SPI_DOWNLOAD_MSPI_DIS";

    // The cache goes off for good where somebody burns it by mistake, and the chip with it: that is what the lock is against.
    private static readonly string[] s_locked = ["DIS_ICACHE", "DIS_CACHE"];

    private static readonly string[] s_caches = ["DIS_DOWNLOAD_ICACHE", "DIS_DOWNLOAD_DCACHE"];

    private static readonly string[] s_essential = ["DIS_DOWNLOAD_MANUAL_ENCRYPT", "DISABLE_DL_ENCRYPT"];

    private static readonly string[] s_others =
    [
        "DISABLE_DL_DECRYPT", "DISABLE_DL_CACHE", "CONSOLE_DEBUG_DISABLE",
        "JTAG_DISABLE", "HARD_DIS_JTAG", "DIS_PAD_JTAG", "DIS_USB_JTAG",
        "DIS_BOOT_REMAP", "DIS_LEGACY_SPI_BOOT", "DIS_DIRECT_BOOT",
    ];

    /// <summary>What is to be burned.</summary>
    /// <param name="snapshot">The chip as it is.</param>
    /// <param name="missed">What can no longer be locked, and what that means.</param>
    public static IReadOnlyList<EfuseRequest> Requests(EfuseSnapshot snapshot, ICollection<string> missed)
    {
        bool hasCaches = s_caches.Any(name => snapshot.Table.Find(name) is not null);
        IEnumerable<string> names = s_essential.Concat(s_others).Concat(s_caches).Concat(hasCaches ? [] : [MappedFlash]);
        List<EfuseRequest> requests = [];
        foreach (EfuseField field in names.Select(snapshot.Table.Find).OfType<EfuseField>().Distinct())
        {
            // Where another field of the pair did it already, both together would lock the chip out.
            if (field.NotWith is { } other && snapshot.GetNumber(other) != 0)
            {
                continue;
            }

            if (snapshot.GetNumber(field) == 0 && !snapshot.IsWritable(field) && !s_essential.Contains(field.Name))
            {
                missed.Add($"{field.Name} is open and write protected: it stays open for good.");
                continue;
            }

            requests.Add(new EfuseValueRequest { Field = field.Name, Value = 1 });
        }

        requests.AddRange(s_locked.Where(name => snapshot.Table.Find(name) is not null)
            .Select(name => new EfuseProtectionRequest { Name = name, Protection = EfuseProtection.Write }));
        return requests;
    }
}
