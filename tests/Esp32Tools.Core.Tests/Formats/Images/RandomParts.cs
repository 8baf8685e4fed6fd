using System;
using System.Linq;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <summary>Parts of random lengths with gaps between them, in no order; the same for the same seed.</summary>
internal static class RandomParts
{
    public static ImagePart[] Make(int seed)
    {
        var random = new Random(seed);
        uint address = (uint)random.Next(0x2_0000);
        ImagePart[] parts = new ImagePart[random.Next(1, 6)];
        for (int i = 0; i < parts.Length; i++)
        {
            byte[] data = new byte[random.Next(1, 3000)];
            random.NextBytes(data);
            parts[i] = new ImagePart($"part {i}", address, data);
            address += (uint)(data.Length + random.Next(1, 0x9000));
        }

        return [.. parts.OrderBy(_ => random.Next())];
    }
}
