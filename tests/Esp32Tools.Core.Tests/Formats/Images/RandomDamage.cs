using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <summary>Changes, cuts and stretches bytes at random; a reader has to read what it gets or say so in our own words.</summary>
internal static class RandomDamage
{
    /// <param name="sound">What is damaged; left as it is.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="read">The reader; any failure but one of ours ends the test.</param>
    /// <returns>How many of the damaged ones were refused.</returns>
    public static int Each(byte[] sound, int rounds, Action<byte[]> read)
    {
        var random = new Random(sound.Length);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            try
            {
                read(Damage(sound, random));
            }
            catch (Esp32Exception error)
            {
                Xunit.Assert.NotEmpty(error.Message);
                refused++;
            }
        }

        return refused;
    }

    private static byte[] Damage(byte[] sound, Random random)
    {
        byte[] bytes = (byte[])sound.Clone();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                // The front, where headers are.
                bytes[random.Next(Math.Min(64, bytes.Length))] = (byte)random.Next(256);
                return bytes;
            case 2:
                int start = random.Next(bytes.Length);
                random.NextBytes(bytes.AsSpan(start, Math.Min(random.Next(1, 9), bytes.Length - start)));
                return bytes;
            default:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
