using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Layout;

/// <summary>Files for tools, which no chip reads: writing one is a mistake at any address.</summary>
internal static class ToolFileRule
{
    public static IEnumerable<LayoutFinding> Look(FlashSet set)
    {
        foreach (SetPart part in set.Parts)
        {
            if (!part.IsOpaque && Look(part.Name, part.Data) is { } finding)
            {
                yield return finding;
            }
        }
    }

    public static LayoutFinding? Look(string name, byte[] bytes)
    {
        if (ContentKind.Of(bytes) is ContentKind.Elf)
        {
            return new LayoutFinding(
                ErrorCode.NotAnImage, $"{name} is an ELF file, which a debugger reads and no chip does.", "Make an image of it, and write that.", name);
        }

        return ContentKind.IsFlasherList(bytes)
            ? new LayoutFinding(
                ErrorCode.NotAnImage, $"{name} is a build's list of files to flash, but is given as a file to flash.", "Give it without an address.", name)
            : null;
    }
}
