using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Checks an NVS partition: whether what it holds is what was written, and whether the firmware can work with it.</summary>
public static class NvsCheck
{
    /// <summary>Looks at everything. It never fails.</summary>
    /// <param name="image">The partition, plain.</param>
    /// <returns>What was found, partition first, then page by page; nothing for a partition that is in order.</returns>
    public static NvsFinding[] Run(NvsImage image) =>
    [
        .. NvsPartitionRules.Check(image),
        .. image.Pages.SelectMany(page => NvsPageRules.Check(page).Concat(page.IsRead ? NvsEntryRules.Check(image, page) : [])),
        .. NvsValueRules.Check(image),
    ];
}
