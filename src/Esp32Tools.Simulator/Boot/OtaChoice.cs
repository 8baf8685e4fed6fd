using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Boot;

/// <summary>The order in which the bootloader tries applications (formats.md, section 2; ESP-IDF, bootloader_utility.c).</summary>
internal static class OtaChoice
{
    private const uint Sector = 0x1000;
    private const uint NoSequence = uint.MaxValue;
    private const uint Invalid = 3;
    private const uint Aborted = 4;

    /// <summary>The applications, the one to boot first.</summary>
    public static IReadOnlyList<BootPartition> Order(FlashView flash, IReadOnlyList<BootPartition> table)
    {
        BootPartition[] slots = [.. table.Where(one => one.Slot is not null).OrderBy(one => one.Slot)];
        BootPartition[] factory = [.. table.Where(one => one.IsFactory).Take(1)];
        int start = Chosen(flash, table, slots.Length) ?? (factory.Length > 0 ? -1 : 0);

        // From the chosen one down to the factory application, then those above it.
        IEnumerable<BootPartition> below = start < 0 ? factory : slots.Take(start + 1).Reverse().Concat(factory);
        return [.. below, .. slots.Skip(start + 1)];
    }

    private static int? Chosen(FlashView flash, IReadOnlyList<BootPartition> table, int slots)
    {
        if (slots == 0 || table.All(one => !one.IsOtaData))
        {
            return null;
        }

        uint place = table.First(one => one.IsOtaData).Offset;
        uint[] sequences = [.. new[] { place, place + Sector }.Select(at => SequenceAt(flash.Read(at, 32))).OfType<uint>()];
        return sequences.Length == 0 ? null : (int)((sequences.Max() - 1) % (uint)slots);
    }

    private static uint? SequenceAt(byte[] entry)
    {
        uint sequence = LittleEndian.ReadUInt32(entry, 0);
        uint state = LittleEndian.ReadUInt32(entry, 24);
        bool counts = sequence is not (0 or NoSequence) && state is not (Invalid or Aborted) && LittleEndian.ReadUInt32(entry, 28) == Crc(entry, 4);
        return counts ? sequence : null;
    }

    // CRC-32 with the register started at 0 and the result inverted (formats.md, first lines).
    private static uint Crc(byte[] bytes, int count)
    {
        uint crc = 0;
        for (int i = 0; i < count; i++)
        {
            crc ^= bytes[i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
