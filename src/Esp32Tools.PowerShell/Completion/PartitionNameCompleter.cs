using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the names that partitions usually have; a device is not asked while somebody types.</summary>
public sealed class PartitionNameCompleter : WordCompleter
{
    private static readonly string[] s_usual =
    [
        "nvs", "nvs_key", "otadata", "phy_init", "factory", "ota_0", "ota_1", "coredump", "storage", "spiffs", "littlefs", "fatfs",
    ];

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => s_usual.Select(name => new CompletionWord(name));
}
