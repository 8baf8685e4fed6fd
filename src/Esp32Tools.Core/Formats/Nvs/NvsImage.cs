using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Formats.Nvs;

/// <summary>The contents of an NVS partition. Any bytes can be read; <see cref="NvsCheck"/> reports their faults.</summary>
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

    /// <summary>All values in flash order, including those that are erased or that the firmware does not read.</summary>
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

    /// <summary>True when nothing in it is of an NVS partition: no page has an intact header, no entry an intact CRC.</summary>
    public bool IsForeign => Length > 0 && !(Pages.Length > 0 && Pages.All(page => page.IsBlank))
        && !Pages.Any(page => !page.IsBlank && (page.IsHeaderIntact || page.Slots.Any(slot => slot.HasCrc)));

    /// <summary>The namespaces and the combined entries.</summary>
    internal NvsContents Contents { get; }

    /// <summary>Reads a plain partition; an encrypted one must be decrypted first. It never throws.</summary>
    /// <param name="bytes">The partition. Bytes beyond the last whole page are ignored.</param>
    public static NvsImage Parse(byte[] bytes) => new(bytes);

    /// <summary>
    /// The reason why bytes are not an NVS partition, plain or encrypted: they are not whole pages, or a page is neither erased
    /// nor has a header with a correct CRC. Null when they can be one. The headers of an encrypted partition are plain.
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
