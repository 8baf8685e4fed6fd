using System.Linq;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>A partition written down byte by byte: a namespace with a number, a string and a blob.</summary>
internal static class NvsSamples
{
    public const int Size = 0x3000;

    public static byte[] Build(int version = 2)
    {
        var builder = new NvsImageBuilder(Size, version);
        builder.Add(NvsItem.Of("storage", "n", (byte)7));
        builder.Add(NvsItem.Of("storage", "s", "hi"));
        builder.Add(NvsItem.Of("storage", "b", new byte[] { 1, 2 }));
        return builder.ToBytes();
    }

    public static byte[] Image()
    {
        byte[] page =
        [
            0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFE, .. Fill(19), 0x84, 0x2D, 0xBA, 0xB9,
            0xAA, 0xEA, .. Fill(30),
            0x00, 0x01, 0x01, 0xFF, 0x09, 0xA9, 0x50, 0x07, .. "storage"u8, .. new byte[9], 0x01, .. Fill(7),
            0x01, 0x01, 0x01, 0xFF, 0x78, 0x76, 0x6C, 0xB9, .. "n"u8, .. new byte[15], 0x07, .. Fill(7),
            0x01, 0x21, 0x02, 0xFF, 0x0B, 0x6D, 0x49, 0x33, .. "s"u8, .. new byte[15], 0x03, 0x00, 0xFF, 0xFF, 0x89, 0xB5, 0x04, 0x0D,
            .. "hi"u8, 0x00, .. Fill(29),
            0x01, 0x42, 0x02, 0x00, 0xC1, 0xD7, 0x28, 0x96, .. "b"u8, .. new byte[15], 0x02, 0x00, 0xFF, 0xFF, 0x92, 0xAF, 0xEA, 0x08,
            0x01, 0x02, .. Fill(30),
            0x01, 0x48, 0x01, 0xFF, 0x2A, 0xCF, 0x9D, 0x20, .. "b"u8, .. new byte[15], 0x02, 0x00, 0x00, 0x00, 0x01, 0x00, 0xFF, 0xFF,
        ];
        return [.. page, .. Fill(Size - page.Length)];
    }

    private static byte[] Fill(int count) => [.. Enumerable.Repeat((byte)0xFF, count)];
}
