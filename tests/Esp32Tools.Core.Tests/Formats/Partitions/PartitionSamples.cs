using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

/// <summary>A table of two partitions, written down byte by byte.</summary>
internal static class PartitionSamples
{
    public const string CsvAgain = """
        # ESP-IDF Partition Table
        # Name, Type, SubType, Offset, Size, Flags
        nvs,data,nvs,0x9000,24K,
        factory,app,factory,0x10000,1M,encrypted:readonly

        """;

    public static byte[] Csv { get; } = Encoding.UTF8.GetBytes("""
        # Name, Type, SubType, Offset, Size, Flags
        nvs, data, nvs, , 0x6000,
        factory, app, factory, , 1M, encrypted:readonly
        """);

    public static byte[] Binary()
    {
        byte[] entries =
        [
            0xAA, 0x50, 0x01, 0x02, 0x00, 0x90, 0x00, 0x00, 0x00, 0x60, 0x00, 0x00, .. "nvs"u8, .. new byte[13], 0, 0, 0, 0,
            0xAA, 0x50, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x10, 0x00, .. "factory"u8, .. new byte[9], 3, 0, 0, 0,
        ];
        byte[] table = [.. entries, 0xEB, 0xEB, .. Enumerable.Repeat((byte)0xFF, 14), .. MD5.HashData(entries)];
        return [.. table, .. Enumerable.Repeat((byte)0xFF, 0xC00 - table.Length)];
    }
}
