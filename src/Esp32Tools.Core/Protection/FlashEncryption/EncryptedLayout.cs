using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>
/// Determines the bytes of the images that are encrypted in flash: bootloader, partition table and the partitions that the
/// table marks; an image over several of them is split. Without a table, everything is encrypted.
/// </summary>
internal sealed class EncryptedLayout
{
    private static readonly byte[] s_magic = [0xAA, 0x50];

    private readonly PartitionTable? _table;
    private readonly long _tableEnd;

    private EncryptedLayout(PartitionTable? table, long tableEnd)
    {
        _table = table;
        _tableEnd = tableEnd;
    }

    /// <summary>True when there is a table.</summary>
    public bool HasTable => _table is not null;

    /// <summary>Looks for the table in the images, and then in the device's flash.</summary>
    /// <param name="images">The images.</param>
    /// <param name="inFlash">Plain contents of the device at the usual place of the table; null when unknown.</param>
    public static EncryptedLayout For(IReadOnlyList<FlashImage> images, Func<byte[]?> inFlash)
    {
        foreach (FlashImage image in images.OrderBy(image => image.Address))
        {
            long at = BeginsTable(image.Data, 0) ? 0 : PartitionTableOptions.DefaultTableOffset - (long)image.Address;
            if (at >= 0 && at < image.Data.Length && BeginsTable(image.Data, (int)at) && TryParse([.. image.Data.Skip((int)at).Take(PartitionTable.BinarySize)]) is { } found)
            {
                return new EncryptedLayout(found, image.Address + at + PartitionRules.TableSize);
            }
        }

        PartitionTable? table = images.Count > 0 && inFlash() is { } bytes && BeginsTable(bytes, 0) ? TryParse(bytes) : null;
        return new EncryptedLayout(table, PartitionTableOptions.DefaultTableOffset + PartitionRules.TableSize);
    }

    /// <summary>Cuts images into pieces that are encrypted and pieces that are not.</summary>
    public IReadOnlyList<FlashImage> Cut(IEnumerable<FlashImage> images) => [.. images.SelectMany(Cut).OrderBy(piece => piece.Address)];

    private IEnumerable<FlashImage> Cut(FlashImage image)
    {
        if (_table is null || image.Encrypt)
        {
            yield return image with { Encrypt = true };
            yield break;
        }

        long end = (long)image.Address + image.Data.Length;
        long[] cuts = [.. _table.Partitions.SelectMany(partition => new[] { partition.Offset, partition.End })
            .Append(_tableEnd).Where(cut => cut > image.Address && cut < end).Append(end).Distinct().OrderBy(cut => cut)];
        long start = image.Address;
        for (int i = 0; i < cuts.Length; i++)
        {
            // Neighbours of one kind stay together: an image longer than its partition stays one image.
            if (i + 1 < cuts.Length && IsEncrypted(start) == IsEncrypted(cuts[i]))
            {
                continue;
            }

            byte[] data = start == image.Address && cuts[i] == end ? image.Data : [.. image.Data.Skip((int)(start - image.Address)).Take((int)(cuts[i] - start))];
            string name = data.Length == image.Data.Length ? image.Name : $"{image.Name} (from 0x{start:X})";
            yield return new FlashImage(name, (uint)start, data) { Encrypt = IsEncrypted(start) };
            start = cuts[i];
        }
    }

    private bool IsEncrypted(long address) => address < _tableEnd
        || _table!.Partitions.Any(partition => partition.UsesFlashEncryption && address >= partition.Offset && address < partition.End);

    private static bool BeginsTable(byte[] data, int at) => data.Length >= at + s_magic.Length && data[at] == s_magic[0] && data[at + 1] == s_magic[1];

    private static PartitionTable? TryParse(byte[] bytes)
    {
        try
        {
            return PartitionTable.Parse(bytes);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
