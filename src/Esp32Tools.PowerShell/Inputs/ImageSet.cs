using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images.Flasher;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The images that were given, and what the files they came from want besides.</summary>
internal sealed class ImageSet
{
    /// <summary>The images, in the order in which they were given.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>Lists of files that were among them.</summary>
    public IReadOnlyList<FlasherArguments> Lists { get; init; } = [];

    /// <summary>The chip that they were built for, as far as the files say.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>What else a list or a file says that they were built for: a chip that is not known, or a second one; null for nothing.</summary>
    public string? OtherChip { get; init; }

    /// <summary>What was asked for and counts in another way than it may seem: whole sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Flash mode that a list asks for; null for none.</summary>
    public string? FlashMode => Lists.Select(list => list.FlashMode).FirstOrDefault(mode => mode is not null);

    /// <summary>Flash frequency that a list asks for; null for none.</summary>
    public string? FlashFrequency => Lists.Select(list => list.FlashFrequency).FirstOrDefault(frequency => frequency is not null);

    /// <summary>Flash size that a list asks for; null for none.</summary>
    public string? FlashSize => Lists.Select(list => list.FlashSize).FirstOrDefault(size => size is not null);

    /// <summary>True when a list wants the bytes sent as they are.</summary>
    public bool IsPlain => Lists.Any(list => list.Compress == false);

    /// <summary>True when a list wants all of the flash erased first.</summary>
    public bool ErasesAll => Lists.Any(list => list.EraseAll);
}
