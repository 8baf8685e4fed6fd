using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>All rules for the data to write, as ROM and bootloader will read it.</summary>
public static class LayoutRules
{
    /// <summary>Findings about a set. Each image itself tells whether it is complete and for the chip.</summary>
    /// <param name="set">The set.</param>
    public static IReadOnlyList<LayoutFinding> Look(FlashSet set) =>
    [
        .. ToolFileRule.Look(set),
        .. BootloaderRule.Look(set),
        .. TableRule.Look(set),
        .. SizeRule.Look(set),
        .. ApplicationRule.Look(set),
        .. MisplacedRule.Look(set),
    ];

    /// <summary>Findings about the contents of one partition, by the same rules.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="name">Name of the contents in messages.</param>
    /// <param name="data">The contents.</param>
    public static IReadOnlyList<LayoutFinding> LookAtPartition(ChipDefinition chip, Partition partition, string name, byte[] data)
    {
        var part = new SetPart(name, partition.Offset, data);
        var set = new FlashSet(chip, [part]) { DeviceTable = new PartitionTable([partition]) };
        IEnumerable<LayoutFinding> findings = ToolFileRule.Look(set);
        findings = partition.IsApplication ? findings.Concat(ApplicationRule.LookAt(set, part, partition))
            : part.Covers(chip.Image.BootloaderOffset) ? findings.Concat(BootloaderRule.Look(set))
            : partition.TypeNumber == PartitionNames.PartitionTable ? findings.Concat(TableRule.Look(set))
            : FirmwareImage.LooksLikeImage(data) && MisplacedRule.OverSettings(part, partition) is { } over ? findings.Append(over)
            : findings;
        return [.. findings];
    }

    /// <summary>The finding for a table that needs more flash than there is; null when it fits, or the size is unknown.</summary>
    /// <param name="table">The table.</param>
    /// <param name="flashSize">Flash size in bytes; null when unknown.</param>
    /// <param name="name">Name of the table in messages.</param>
    public static LayoutFinding? LookAtTable(PartitionTable table, long? flashSize, string name) => SizeRule.BeyondFlash(table, flashSize, name);
}
