using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;

namespace Esp32Tools.Flash;

/// <summary>Finds the sectors of an image that the flash does not hold.</summary>
internal static class ChangedSectors
{
    /// <summary>By comparison with the previous image.</summary>
    /// <param name="data">The image.</param>
    /// <param name="address">Its flash address, the start of a sector.</param>
    /// <param name="previous">The images written last, anywhere in flash.</param>
    /// <returns>Numbers of sectors, from 0 at the start of the image; null when the previous contents are unknown.</returns>
    public static IReadOnlyList<int>? Since(byte[] data, uint address, IReadOnlyList<(uint Address, byte[] Data)> previous)
    {
        if (!previous.Any(old => old.Address < address + (long)data.Length && address < old.Address + (long)old.Data.Length))
        {
            return null;
        }

        List<int> changed = [];
        for (int sector = 0; sector < SectorsOf(data); sector++)
        {
            int start = sector * (int)FlashLayout.SectorSize;
            int length = Math.Min((int)FlashLayout.SectorSize, data.Length - start);
            if (!previous.Any(old => Has(old.Data, address + (long)start - old.Address, data, start, length)))
            {
                changed.Add(sector);
            }
        }

        return changed;
    }

    /// <summary>By digests from the chip. The image as a whole is known to differ.</summary>
    /// <param name="device">The device.</param>
    /// <param name="content">The image.</param>
    /// <param name="address">Its flash address, the start of a sector.</param>
    /// <param name="wholeDigest">Time the chip took for the digest of the whole image.</param>
    /// <param name="link">Carries the questions.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static IReadOnlyList<int> ByDigests(
        Esp32Device device, ImageContent content, uint address, TimeSpan wholeDigest, SteadyLink link, CancellationToken cancellationToken)
    {
        int count = SectorsOf(content.Data);
        bool Differs(int first, int sectors)
        {
            int start = first * (int)FlashLayout.SectorSize;
            int length = Math.Min(sectors * (int)FlashLayout.SectorSize, content.Data.Length - start);
            byte[] expected = content.Md5Of(start, length);
            return link.Run(() => !FlashDigest.Read(device, (uint)(address + start), length, cancellationToken).SequenceEqual(expected));
        }

        // The digest of one sector and that of all of them give the cost of a question and of a sector.
        TimeSpan begin = device.GetTransport().Clock.Now;
        bool firstDiffers = Differs(0, 1);
        TimeSpan one = device.GetTransport().Clock.Now - begin;
        TimeSpan sector = TimeSpan.FromTicks(Math.Max(0, (wholeDigest - one).Ticks) / count);
        return new SectorSearch(
            (first, sectors) => (first, sectors) == (0, 1) ? firstDiffers : Differs(first, sectors), one - sector, sector).Find(count);
    }

    private static int SectorsOf(byte[] data) => (int)(FlashLayout.Ceiling(data.Length) / FlashLayout.SectorSize);

    private static bool Has(byte[] old, long at, byte[] data, int start, int length)
    {
        if (at < 0 || at + length > old.Length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (old[at + i] != data[start + i])
            {
                return false;
            }
        }

        return true;
    }
}
