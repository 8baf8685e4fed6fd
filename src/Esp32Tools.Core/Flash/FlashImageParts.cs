using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Flash;

/// <summary>Converts the parts of a file that holds several, such as Intel HEX or UF2, to images.</summary>
public static class FlashImageParts
{
    /// <summary>
    /// Returns an image for each part; parts that share a sector of 4096 bytes become one, with FF between them, because a sector
    /// can be erased only as a whole.
    /// </summary>
    public static IReadOnlyList<FlashImage> ToImages(IEnumerable<ImagePart> parts)
    {
        List<FlashImage> images = [];
        List<ImagePart> group = [];
        foreach (ImagePart part in parts.OrderBy(part => part.Address))
        {
            if (group.Count > 0 && FlashLayout.Floor(part.Address) >= FlashLayout.Ceiling(group.Max(other => other.End)))
            {
                images.Add(Join(group));
                group.Clear();
            }

            group.Add(part);
        }

        if (group.Count > 0)
        {
            images.Add(Join(group));
        }

        return images;
    }

    private static FlashImage Join(List<ImagePart> group)
    {
        ImagePart first = group[0];
        if (group.Count == 1)
        {
            return new FlashImage(first.Name, first.Address, first.Data);
        }

        var data = new byte[group.Max(part => part.End) - first.Address];
        FlashLayout.Fill(data, 0, data.Length);
        foreach (ImagePart part in group)
        {
            Buffer.BlockCopy(part.Data, 0, data, (int)(part.Address - first.Address), part.Data.Length);
        }

        return new FlashImage(first.Name, first.Address, data);
    }
}
