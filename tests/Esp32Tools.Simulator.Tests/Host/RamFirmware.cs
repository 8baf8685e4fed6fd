using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Images that a virtual chip runs from RAM.</summary>
internal static class RamFirmware
{
    /// <summary>Where the program stands: near the end of the instruction RAM, clear of every stub.</summary>
    public static uint CodeAddress(ChipDefinition chip) => chip.MemoryMap.First(region => region.Name == "IRAM").End - 0x8000;

    /// <summary>An image that prints a text, with a second segment so long that it takes several blocks.</summary>
    public static byte[] Printing(ChipDefinition chip, string text) =>
        Build(chip, CodeAddress(chip), (CodeAddress(chip), VirtualProgram.Printing(text)), (CodeAddress(chip) + 0x1000, HostFirmware.Noise(0x4004, 7)));

    /// <summary>Header, segments, checksum and digest. Source: ESP-IDF, esp_app_format.h.</summary>
    public static byte[] Build(ChipDefinition chip, uint entry, params (uint Address, byte[] Data)[] segments)
    {
        List<byte> image = [0xE9, (byte)segments.Length, 2, 0x20, .. BitConverter.GetBytes(entry), 0xEE, 0, 0, 0];
        image.AddRange([.. BitConverter.GetBytes((ushort)chip.ImageChipId), 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 1]);
        byte checksum = 0xEF;
        foreach ((uint address, byte[] data) in segments)
        {
            image.AddRange([.. BitConverter.GetBytes(address), .. BitConverter.GetBytes(data.Length), .. data]);
            checksum = data.Aggregate(checksum, (sum, value) => (byte)(sum ^ value));
        }

        while (image.Count % 16 != 15)
        {
            image.Add(0);
        }

        image.Add(checksum);
        image.AddRange(SHA256.HashData(image.ToArray()));
        return [.. image];
    }
}
