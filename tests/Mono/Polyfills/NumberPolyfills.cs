using System;
using System.Globalization;
using System.Numerics;

namespace Mono.Polyfills;

internal static class NumberPolyfills
{
    extension(Math)
    {
        public static double Log2(double value) => Math.Log(value, 2);
    }

    extension(BitOperations)
    {
        public static int TrailingZeroCount(uint value)
        {
            int count = 0;
            while (count < 32 && (value >> count & 1) == 0)
            {
                count++;
            }

            return count;
        }
    }

    extension(uint)
    {
        public static uint Parse(ReadOnlySpan<char> text, NumberStyles style, IFormatProvider provider) =>
            uint.Parse(text.ToString(), style, provider);
    }

    extension(TimeSpan)
    {
        public static TimeSpan operator /(TimeSpan time, double divisor) => TimeSpan.FromTicks((long)(time.Ticks / divisor));
    }
}
