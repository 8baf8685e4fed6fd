using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Fuzz.Seeding;

/// <summary>Check values that targets make right again.</summary>
internal static class CheckValue
{
    /// <summary>Puts the CRC-32 of a range to its place.</summary>
    /// <param name="input">The input.</param>
    /// <param name="offset">Index of the first byte of the range.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="place">Index of the CRC.</param>
    /// <param name="previous">As <see cref="Crc32.Of"/> takes it: most formats of the chips begin like this.</param>
    public static void PutCrc32(byte[] input, int offset, int count, int place, uint previous = uint.MaxValue) =>
        BitConverter.TryWriteBytes(input.AsSpan(place), Crc32.Of(input, offset, count, previous));
}
