using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Checks an NVS partition: whether its contents are intact, and whether the firmware can work with it.</summary>
public static class NvsCheck
{
    /// <summary>Runs all checks. It never throws.</summary>
    /// <param name="image">The partition, plain.</param>
    /// <returns>The findings, those of the partition first, then page by page; empty for a partition that is in order.</returns>
    public static NvsFinding[] Run(NvsImage image) =>
    [
        .. NvsPartitionRules.Check(image),
        .. image.Pages.SelectMany(page => NvsPageRules.Check(page).Concat(page.IsRead ? NvsEntryRules.Check(image, page) : [])),
        .. NvsValueRules.Check(image),
    ];
}
