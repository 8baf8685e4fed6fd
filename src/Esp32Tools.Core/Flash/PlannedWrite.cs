using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Devices;

namespace Esp32Tools.Flash;

/// <summary>One image of a plan, with the bytes to send.</summary>
public sealed class PlannedWrite
{
    internal PlannedWrite(FlashImage image, ImageContent content)
    {
        Name = image.Name;
        Address = image.Address;
        Length = image.Data.Length;
        Content = content;
    }

    /// <summary>Name of the image.</summary>
    public string Name { get; }

    /// <summary>Flash address.</summary>
    public uint Address { get; }

    /// <summary>Length of the image in bytes.</summary>
    public int Length { get; }

    /// <summary>True when the chip encrypts it during the write.</summary>
    public bool Encrypt { get; internal init; }

    /// <summary>First address of the sectors that will be erased.</summary>
    public long EraseStart => FlashLayout.Floor(Address);

    /// <summary>Address behind the sectors that will be erased.</summary>
    public long EraseEnd => FlashLayout.Ceiling((long)Address + Length);

    /// <summary>The reason why requested flash settings were not put into the header; null when they were, or none were requested.</summary>
    public string? HeaderNote { get; internal init; }

    /// <summary>Name of an image that overwrites a part of this one; null for none.</summary>
    public string? OverwrittenBy { get; internal init; }

    /// <summary>The bytes to write, padded as encryption needs.</summary>
    internal ImageContent Content { get; }

    /// <summary>The images written to the device last, as far as they are known.</summary>
    internal IReadOnlyList<(uint Address, byte[] Data)> Previous { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        $"erase 0x{EraseStart:X} to 0x{EraseEnd:X}, {(Encrypt ? "encrypt and " : string.Empty)}write {Length} bytes of {Name} at 0x{Address:X}";

    /// <summary>True when it is sent compressed. Secure download mode allows plain blocks only.</summary>
    internal bool Compresses(Esp32Device device, FlashWriteOptions options) => options.Compress && !device.IsSecureDownloadMode;

    /// <summary>Starts to compress the bytes to send first, before it is known whether they are needed.</summary>
    internal void StartCompressing(Esp32Device device, FlashWriteOptions options)
    {
        if (Compresses(device, options) && !options.Differential && EraseStart == Address)
        {
            IReadOnlyList<FlashSpan> spans = options.EraseAll && !Encrypt ? Content.WithoutBlanks : [Content.Whole];
            foreach (FlashSpan piece in FlashSpan.Pieces(spans))
            {
                Content.StartCompressing(piece);
                break;
            }
        }
    }
}
