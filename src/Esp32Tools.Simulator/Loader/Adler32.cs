using System;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The check value of a zlib stream (RFC 1950, section 8.2).</summary>
internal static class Adler32
{
    public const uint Start = 1;

    private const uint Modulus = 65521;

    // The longest run whose sums still fit 32 bits.
    private const int Run = 5552;

    public static uint Update(uint adler, byte[] data, int offset, int count)
    {
        uint low = adler & 0xFFFF;
        uint high = adler >> 16;
        int end = offset + count;
        while (offset < end)
        {
            for (int stop = Math.Min(end, offset + Run); offset < stop; offset++)
            {
                low += data[offset];
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
        }

        return (high << 16) | low;
    }
}
