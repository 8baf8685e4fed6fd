using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Checks an NVS partition: whether its contents are intact, and whether the firmware can work with it.</summary>
public static class NvsCheck
{
    // Each of its bytes would break a rule; none of those findings would help.
    private static NvsFinding Foreign => new()
    {
        Severity = nameof(NvsFindingSeverity.Error),
        Id = "NotNvs",
        Text = "It is not an NVS partition: no page has the header of one, and no entry is intact.",
        Advice = "Check that it is the right file, and the right place of the flash.",
    };

    /// <summary>Runs all checks. It never throws.</summary>
    /// <param name="image">The partition, plain.</param>
    /// <returns>The findings, those of the partition first, then page by page; empty for a partition that is in order.</returns>
    public static NvsFinding[] Run(NvsImage image) => image.IsForeign ? [Foreign] :
    [
        .. NvsPartitionRules.Check(image),
        .. image.Pages.SelectMany(page => NvsPageRules.Check(page).Concat(page.IsRead ? NvsEntryRules.Check(image, page) : [])),
        .. NvsValueRules.Check(image),
    ];
}
