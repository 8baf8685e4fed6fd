using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images.Elf;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>Merges many sections into few segments: neighbours in the same kind of memory become one.</summary>
internal static class SegmentMerger
{
    // Linkers align to an MMU page at most; a header may ask for any alignment, and its gap is memory here.
    private const int LargestGap = 1 << 16;

    /// <summary>Merges sections in their order, from the last to the first.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="chip">The chip; its memory map tells the kinds of memory.</param>
    /// <param name="fillsGaps">True to fill a gap that the next section's alignment causes.</param>
    public static IReadOnlyList<BuildSegment> Merge(IEnumerable<ElfSection> sections, ChipDefinition chip, bool fillsGaps)
    {
        List<BuildSegment> segments = [.. sections.Select(section => new BuildSegment(section))];
        for (int i = segments.Count - 1; i > 0; i--)
        {
            BuildSegment next = segments[i];
            BuildSegment segment = segments[i - 1];
            if (fillsGaps)
            {
                FillGap(segment, next);
            }

            // Other gaps stay: memory in them may have to keep its content (noinit).
            if (next.Address == segment.End && next.MemoryTypes(chip).SequenceEqual(segment.MemoryTypes(chip)))
            {
                segment.Append(next.Data);
                segments.RemoveAt(i);
            }
        }

        return segments;
    }

    private static void FillGap(BuildSegment segment, BuildSegment next)
    {
        long aligned = (segment.End + next.Alignment - 1) / next.Alignment * next.Alignment;
        if (aligned == next.Address && aligned - segment.End < LargestGap)
        {
            segment.AppendZeros((int)(aligned - segment.End));
        }
    }
}
