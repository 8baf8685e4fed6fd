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
}
