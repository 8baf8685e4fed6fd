using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>A partition table in a set of images, and its place.</summary>
/// <param name="Table">The table.</param>
/// <param name="Part">The part that it is in.</param>
/// <param name="Offset">Flash address of its first byte.</param>
internal sealed record TablePlace(PartitionTable Table, SetPart Part, uint Offset)
{
    private const uint SectorSize = 0x1000;

    // Projects move the table after a large bootloader, but not beyond the start of the applications.
    private const uint FurthestInside = 0x2_0000;

    /// <summary>
    /// The table of a set: at the usual place, or else at the start of a part, or else in a part that also holds the
    /// bootloader. Null for none.
    /// </summary>
    public static TablePlace? Find(IEnumerable<SetPart> parts, uint bootloaderOffset)
    {
        SetPart[] all = [.. parts];
        IEnumerable<(SetPart Part, long Address)> usual = all
            .Where(part => part.Covers(PartitionTableOptions.DefaultTableOffset))
            .Select(part => (part, (long)PartitionTableOptions.DefaultTableOffset));
        IEnumerable<(SetPart Part, long Address)> begins = all
            .Where(part => part.Address % SectorSize == 0 && part.Address > bootloaderOffset)
            .Select(part => (part, (long)part.Address));
        IEnumerable<(SetPart Part, long Address)> inside = all
            .Where(part => part.Covers(bootloaderOffset))
            .SelectMany(part => Sectors(bootloaderOffset + SectorSize, Math.Min(part.End, FurthestInside)).Select(address => (part, address)));
        return usual.Concat(begins).Concat(inside)
            .Select(place => Read(place.Part, place.Address))
            .FirstOrDefault(place => place is not null);
    }

    /// <summary>
    /// Reads data that begins like a table. After a file that is shorter than a table the flash is erased, which ends the table.
    /// </summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableInvalid"/></exception>
    public static PartitionTable Parse(SetPart part, long address)
    {
        byte[] bytes = part.From(address);
        if (bytes.Length < PartitionTable.BinarySize)
        {
            byte[] erased = [.. Enumerable.Repeat((byte)0xFF, PartitionTable.BinarySize)];
            bytes.CopyTo(erased, 0);
            bytes = erased;
        }

        return PartitionTable.Parse(bytes, part.NameAt(address).TrimEnd(','));
    }

    private static TablePlace? Read(SetPart part, long address)
    {
        int start = (int)(address - part.Address);
        if (part.Data.Length - start < 2 || part.Data[start] != 0xAA || part.Data[start + 1] != 0x50)
        {
            return null;
        }

        try
        {
            return new TablePlace(Parse(part, address), part, (uint)address);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static IEnumerable<long> Sectors(long start, long end)
    {
        for (long address = (start + SectorSize - 1) / SectorSize * SectorSize; address < end; address += SectorSize)
        {
            yield return address;
        }
    }
}
