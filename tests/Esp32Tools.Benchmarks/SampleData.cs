using System;

namespace Esp32Tools.Benchmarks;

/// <summary>What the benchmarks write.</summary>
internal static class SampleData
{
    /// <summary>Half noise, half repetition, as compiled code comes out; the same for the same length.</summary>
    public static byte[] LikeCode(int length)
    {
        byte[] image = new byte[length];
        var random = new Random(1);
        random.NextBytes(image);
        for (int i = 4096; i + 32 <= length; i += 64)
        {
            Array.Copy(image, i - random.Next(32, 4096), image, i, 32);
        }

        return image;
    }
}
