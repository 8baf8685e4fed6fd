using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <summary>Images with what is known about them: one of our own, and the shared ones of chips in the catalogue.</summary>
internal static class ImageVectors
{
    /// <summary>The smallest ESP32 image: one segment of 16 bytes, without a digest.</summary>
    public static byte[] Minimal() =>
    [
        0xE9, 0x01, 0x02, 0x20, 0x00, 0x00, 0x08, 0x40, 0xEE, .. new byte[15],
        0x00, 0x00, 0x08, 0x40, 0x10, 0x00, 0x00, 0x00, .. Enumerable.Range(0, 16).Select(i => (byte)i),
        .. new byte[15], 0xEF,
    ];

    /// <summary>The smallest image with its digest, for a chip.</summary>
    public static byte[] MinimalWithHash(int chipId = 0)
    {
        byte[] image = Minimal();
        image[12] = (byte)chipId;
        image[23] = 1;
        return [.. image, .. System.Security.Cryptography.SHA256.HashData(image)];
    }

    /// <summary>What is known about <see cref="Minimal"/>, in the form of the shared files.</summary>
    private const string MinimalFacts = """
        {
          "loads": true, "length": 64, "entry_point": 1074266112, "segment_count": 1,
          "segments": [{ "index": 0, "load_address": 1074266112, "length": 16, "file_offset": 24, "memory_types": ["IRAM"] }],
          "checksum": { "stored": 239, "calculated": 239, "valid": true },
          "flash_mode": "DIO", "flash_size_freq_byte": 32, "flash_size": "4MB", "flash_freq": "40m",
          "chip_id": 0, "min_rev": 0, "min_rev_full": 0, "max_rev_full": 0, "wp_pin": 238, "append_digest": false
        }
        """;

    /// <summary>Each case by its name.</summary>
    public static IReadOnlyDictionary<string, ImageCase> Cases { get; } = Load().ToDictionary(item => item.Name);

    private static IEnumerable<ImageCase> Load()
    {
        yield return new ImageCase("minimal", "esp32", Minimal(), JsonDocument.Parse(MinimalFacts).RootElement, Info: null);
        foreach (string file in SharedFiles.Available ? ["elf2image.json", "corrupted.json"] : Array.Empty<string>())
        {
            using FileStream stream = File.OpenRead(SharedFiles.PathOf("vectors", "images", file));
            foreach (JsonElement item in JsonDocument.Parse(stream).RootElement.EnumerateArray())
            {
                string chip = item.GetProperty("chip").GetString()!;
                if (ChipCatalog.Find(chip) is not null && item.TryGetProperty("image", out JsonElement image))
                {
                    string name = image.GetString()!;
                    yield return new ImageCase(name, chip, Read(name), item.GetProperty("facts"), item.GetProperty("image_info").GetProperty("fields"));
                }
            }
        }
    }

    /// <summary>A file of the shared folder, unpacked if it is packed.</summary>
    public static byte[] Read(string name)
    {
        using Stream file = File.OpenRead(SharedFiles.PathOf("vectors", "images", name));
        using Stream plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using MemoryStream bytes = new();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }
}
