using System.Collections.Generic;

namespace Esp32Tools.Formats.Images;

/// <summary>A part of an image and its address: a header of eight bytes (address, length), then its data.</summary>
public sealed class ImageSegment
{
    internal const int HeaderSize = 8;

    /// <summary>Longest segment that the ROM loads, in bytes. Source: ESP-IDF, esp_image_format.c.</summary>
    internal const uint MaxLength = 16 * 1024 * 1024;

    internal ImageSegment(int index, int offset, uint loadAddress, int length, IReadOnlyList<string> memoryTypes)
    {
        Index = index;
        Offset = offset;
        LoadAddress = loadAddress;
        Length = length;
        Memories = [.. memoryTypes];
    }

    /// <summary>Its place in the image, from 0.</summary>
    public int Index { get; }

    /// <summary>Where its header begins in the image, in bytes.</summary>
    public int Offset { get; }

    /// <summary>Where its data begins in the image, in bytes.</summary>
    public int DataOffset => Offset + HeaderSize;

    /// <summary>Address that the data is loaded or mapped to; 0 for padding.</summary>
    public uint LoadAddress { get; }

    /// <summary>Number of data bytes.</summary>
    public int Length { get; }

    /// <summary>
    /// Kinds of memory at the address, with commas between them (DRAM, IRAM, DROM, IROM, PADDING, ...), of the chip that the image was built for. More
    /// than one where address ranges overlap; none when that chip is unknown.
    /// </summary>
    public string MemoryTypes => string.Join(", ", Memories);

    /// <summary>The kinds of memory one by one.</summary>
    internal string[] Memories { get; }

    /// <inheritdoc/>
    public override string ToString() => $"0x{LoadAddress:X8}, {Length} bytes";
}
