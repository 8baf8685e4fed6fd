using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Formats.Images.Elf;

namespace Esp32Tools.Devices.Memory;

/// <summary>
/// An image that fits the RAM of a chip: everything is checked before the first byte is sent.
/// </summary>
public sealed class RamImagePlan
{
    private RamImagePlan(FirmwareImage image, IReadOnlyList<ImageSegment> segments, byte[] bytes)
    {
        Image = image;
        Segments = segments;
        Bytes = bytes;
    }

    /// <summary>The image.</summary>
    public FirmwareImage Image { get; }

    /// <summary>The segments to load: all except padding.</summary>
    public IReadOnlyList<ImageSegment> Segments { get; }

    /// <summary>Total number of bytes to load.</summary>
    public long Length => Segments.Sum(segment => (long)segment.Length);

    internal byte[] Bytes { get; }

    /// <summary>Checks an image against a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="bytes">The image, or the ELF file from which it is made.</param>
    /// <param name="name">Its name in messages, a path.</param>
    /// <param name="allow">Refusals to lift, of <see cref="RefusalCatalog.RamImage"/>.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>, <see cref="ErrorCode.ImageTruncated"/>, <see cref="ErrorCode.ImageInvalid"/>,
    /// <see cref="ErrorCode.ImageForOtherChip"/>, <see cref="ErrorCode.ImageRevision"/>, <see cref="ErrorCode.ImageNotForRam"/>;
    /// and for an ELF file those of <see cref="ElfFile.Parse"/> and <see cref="ImageBuilder.Build"/>.
    /// </exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.RamInUse"/></exception>
    public static RamImagePlan Make(Esp32Device device, byte[] bytes, string name, IReadOnlyCollection<ErrorCode> allow, CancellationToken cancellationToken)
    {
        var refusals = new Refusals(RefusalCatalog.RamImage, allow);
        MemoryRules.RequireMemoryCommands(device);
        if (IsElf(bytes))
        {
            bytes = ImageBuilder.Build(ElfFile.Parse(bytes, name), device.GetChip()).Data;
        }

        FirmwareImage image = FirmwareImage.Parse(bytes, name);
        image.EnsureIntact();
        ImageCheck.EnsureChip(image, device.GetChip());
        refusals.Check(() => ImageCheck.EnsureRevision(image, device.GetChip(), device.ReadIdentity(cancellationToken).Revision));

        ImageSegment[] segments = [.. image.Segments.Where(segment => segment.Length > 0 && !IsPadding(segment))];
        foreach (ImageSegment segment in segments)
        {
            RequireRam(device.GetChip(), image, segment);
            MemoryRules.RequireFreeOfStub(device, segment.LoadAddress, segment.Length, $"Segment {segment.Index} of '{name}'");
        }

        uint entry = image.Header.EntryPoint;
        return segments.Any(segment => entry >= segment.LoadAddress && entry - segment.LoadAddress < segment.Length)
            ? new RamImagePlan(image, segments, bytes)
            : throw NotForRam(image, $"starts at 0x{entry:X8}, which it does not load");
    }

    private static bool IsElf(byte[] bytes) =>
        bytes.Length > 4 && bytes[0] == 0x7F && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';

    private static bool IsPadding(ImageSegment segment) => segment.Memories.Contains("PADDING");

    private static void RequireRam(ChipDefinition chip, FirmwareImage image, ImageSegment segment)
    {
        if (!MemoryRules.IsRam(chip, segment.LoadAddress, segment.Length))
        {
            string kinds = segment.Memories.Length == 0 ? "no memory" : string.Join("/", segment.Memories);
            throw NotForRam(image, $"has a segment at 0x{segment.LoadAddress:X8} + 0x{segment.Length:X}, which is {kinds} and not all RAM");
        }
    }

    private static InputException NotForRam(FirmwareImage image, string why) => new(
        ErrorCode.ImageNotForRam,
        $"'{image.Source}' cannot be loaded into RAM: it {why}.",
        "Build the application for RAM alone (ESP-IDF: CONFIG_APP_BUILD_TYPE_PURE_RAM_APP), or write this image to flash.")
    { Target = image.Source };
}
