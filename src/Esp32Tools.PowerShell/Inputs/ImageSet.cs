using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images.Flasher;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The images that were given, and the other settings in their files.</summary>
internal sealed class ImageSet
{
    /// <summary>The images, in the order in which they were given.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>The lists of files among the arguments.</summary>
    public IReadOnlyList<FlasherArguments> Lists { get; init; } = [];

    /// <summary>The chip that they were built for, as far as the files name it.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>Another chip that a list or a file names: an unknown one, or a second one; null for none.</summary>
    public string? OtherChip { get; init; }

    /// <summary>Warnings about arguments with an unexpected effect, as whole sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Flash mode that a list asks for; null for none.</summary>
    public string? FlashMode => Lists.Select(list => list.FlashMode).FirstOrDefault(mode => mode is not null);

    /// <summary>Flash frequency that a list asks for; null for none.</summary>
    public string? FlashFrequency => Lists.Select(list => list.FlashFrequency).FirstOrDefault(frequency => frequency is not null);

    /// <summary>Flash size that a list asks for; null for none.</summary>
    public string? FlashSize => Lists.Select(list => list.FlashSize).FirstOrDefault(size => size is not null);

    /// <summary>True when a list asks to send the bytes uncompressed.</summary>
    public bool IsPlain => Lists.Any(list => list.Compress == false);

    /// <summary>True when a list asks to erase all of the flash first.</summary>
    public bool ErasesAll => Lists.Any(list => list.EraseAll);
}
