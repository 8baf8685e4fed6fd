using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>What stands in an NVS partition. Any bytes can be read; what is wrong with them says <see cref="NvsCheck"/>.</summary>
public sealed class NvsImage
{
    private NvsImage(byte[] bytes)
    {
        Length = bytes.Length;
        Pages = [.. Enumerable.Range(0, bytes.Length / NvsFormat.PageSize).Select(index => NvsPage.Read(bytes, index))];
        Contents = new NvsContents(Pages);
        Entries = [.. Contents.Entries];
    }

    /// <summary>Its bytes.</summary>
    public int Length { get; }

    /// <summary>Its pages, in their order in flash.</summary>
    public NvsPage[] Pages { get; }

    /// <summary>All values, those too that are erased or that the firmware does not read, in their order in flash.</summary>
    public NvsEntry[] Entries { get; }

    /// <summary>Names of its namespaces, in the order of their numbers.</summary>
    public string[] Namespaces => [.. Contents.Namespaces.OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    /// <summary>True when there are entries and none of them is intact: it is encrypted, or was decrypted with another key.</summary>
    public bool LooksEncrypted
    {
        get
        {
            NvsSlot[] written = [.. Pages.Where(page => page.IsRead).SelectMany(page => page.Slots).Where(slot => slot.State == NvsFormat.EntryWritten)];
            return written.Length > 0 && !written.Any(slot => slot.HasCrc);
        }
    }

    /// <summary>The namespaces, and what belongs together.</summary>
    internal NvsContents Contents { get; }

    /// <summary>Reads a plain partition; an encrypted one is to be decrypted first. It never fails.</summary>
    /// <param name="bytes">The partition. Bytes beyond the last whole page are left out.</param>
    public static NvsImage Parse(byte[] bytes) => new(bytes);

    /// <summary>
    /// Why bytes are no NVS partition, plain or encrypted: they are no whole pages, or a page is neither erased nor has a header
    /// whose CRC is right. Null when nothing speaks against it. The headers of an encrypted partition are plain.
    /// </summary>
    internal static string? HeaderDefect(byte[] bytes)
    {
        if (bytes.Length % NvsFormat.PageSize != 0)
        {
            return $"it has 0x{bytes.Length:X} bytes, which is no multiple of 0x{NvsFormat.PageSize:X}";
        }

        int[] pages = [.. Enumerable.Range(0, bytes.Length / NvsFormat.PageSize)];
        int bad = System.Array.FindIndex(pages, page => !NvsPage.HasBlankOrIntactHeader(bytes, page * NvsFormat.PageSize));
        return bad < 0 ? null : $"its page {bad} has no header of one";
    }
}
