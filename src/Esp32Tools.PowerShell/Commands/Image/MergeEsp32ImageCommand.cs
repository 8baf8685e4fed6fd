using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Images.Merge;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Image;

/// <summary>Makes one file of many images: raw, Intel HEX or UF2.</summary>
[Cmdlet(VerbsData.Merge, "Esp32Image", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
[Lifts(nameof(RefusalCatalog.ImageMerge))]
public sealed class MergeEsp32ImageCommand : Esp32Cmdlet
{
    private readonly List<ImageArgument> _images = [];

    /// <summary>Called by PowerShell. Force replaces files here.</summary>
    public MergeEsp32ImageCommand()
        : base(liftingParameter: nameof(Allow))
    {
    }

    /// <summary>
    /// The images: a table from address to file, addresses and files in turn, objects with an Address and a Path, or files
    /// that contain the addresses.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ImageTransformation]
    public ImageArgument[] Image { get; set; } = [];

    /// <summary>The file to write.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The chip that the images are for; may be left out where a file says it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string? Chip { get; set; }

    /// <summary>Format of the file.</summary>
    [Parameter]
    public MergeFormat Format { get; set; }

    /// <summary>Flash address of the first byte of a raw file.</summary>
    [Parameter]
    [NumberTransformation]
    public uint TargetOffset { get; set; }

    /// <summary>Flash size to which a raw file is padded with FF; 0 for no padding.</summary>
    [Parameter]
    [NumberTransformation]
    public uint PadToSize { get; set; }

    /// <summary>Flash mode for the bootloader's header, such as DIO; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashModes))]
    [ValidateNotNullOrEmpty]
    public string FlashMode { get; set; } = FlashSettings.Keep;

    /// <summary>Flash frequency for the bootloader's header, such as 80m; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashFrequencies))]
    [ValidateNotNullOrEmpty]
    public string FlashFrequency { get; set; } = FlashSettings.Keep;

    /// <summary>Flash size for the bootloader's header, such as 4MB; Keep leaves it as it is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashCapacities))]
    [FlashSizeTransformation]
    [ValidateNotNullOrEmpty]
    public string FlashSize { get; set; } = FlashSettings.Keep;

    /// <summary>Size of the data in a block of UF2, in bytes; 0 for as many as fit.</summary>
    [Parameter]
    [Alias("ChunkSize")]
    [NumberTransformation]
    [ValidateRange(0, Uf2.MaxPayload)]
    public int PayloadSize { get; set; }

    /// <summary>Omits the MD5 from the blocks of UF2.</summary>
    [Parameter]
    public SwitchParameter NoMd5 { get; set; }

    /// <summary>Merges images that are damaged or for another chip as well.</summary>
    [Parameter]
    public SwitchParameter NoImageCheck { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as ImageMisplaced.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Allow { get; set; } = [];

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _images.AddRange(Image);

    /// <inheritdoc/>
    protected override void EndProcessing() => Attempt(Merge);

    private void Merge()
    {
        string target = Paths.Resolve(Destination);
        OutputFile.RequireFree(target, Force);
        ErrorCode[] allowed = [.. NoImageCheck ? RefusalCatalog.ImageMerge.Codes : Invocation.Allowed];
        ImageSet given = ImageFiles.Read(_images, Paths);
        ImagePart[] parts = [.. given.Images.Select(image => new ImagePart(image.Name, image.Address, image.Data))];
        ChipDefinition chip = ChipOf(given, allowed);
        MergedImage merged = ImageMerger.Merge(parts, chip, Options(given, allowed));
        foreach (FlashImage image in given.Images.Where(image => image.Encrypt))
        {
            WriteWarning($"{image.Name} must be encrypted by the chip, which the merged file cannot express.");
        }

        foreach (string warning in given.Warnings.Concat(merged.Warnings))
        {
            WriteWarning(warning);
        }

        if (ShouldProcess(target, $"Merge {parts.Length} images for the {chip.Name} into {merged.Data.Length} bytes"))
        {
            OutputFile.Write(target, merged.Data, Force);
            WriteObject(new FileInfo(target));
        }
    }

    // The chip that the user names comes first, then that of the files: lists, UF2 and each image name it.
    private ChipDefinition ChipOf(ImageSet given, ErrorCode[] allowed)
    {
        ChipDefinition? said = given.Chip ?? given.Images
            .Where(image => FirmwareImage.LooksLikeImage(image.Data))
            .Select(image => FirmwareImage.Inspect(image.Data).Chip)
            .FirstOrDefault(chip => chip is not null);
        if (given.OtherChip is { } other && (!allowed.Contains(ErrorCode.ImageForOtherChip) || (Chip is null && said is null)))
        {
            throw new InputException(
                ErrorCode.ImageForOtherChip,
                given.Chip is null
                    ? $"The files were built for '{other}', which is not a known chip."
                    : $"The files were built for the {given.Chip.Name} and for '{other}'.",
                "Merge the files of one known chip.")
            { Target = other };
        }

        ChipDefinition named = Chip is not null ? ChipCatalog.ByName(Chip) : said ?? throw new Esp32Exception(
            ErrorCode.ChipUnknown, "No argument or file names the chip of the images.", "Name the chip.");
        return given.Chip is null || given.Chip == named || allowed.Contains(ErrorCode.ImageForOtherChip) ? named : throw new InputException(
            ErrorCode.ImageForOtherChip,
            $"The files were built for {given.Chip.Name}, and the chip that was named is an {named.Name}.",
            "Name the chip that they were built for.");
    }

    private MergeOptions Options(ImageSet given, ErrorCode[] allowed) => new()
    {
        Format = Format,
        TargetOffset = TargetOffset,
        PadToSize = PadToSize == 0 ? null : PadToSize,
        Header = new ImageHeaderPatch
        {
            FlashMode = Setting(nameof(FlashMode), FlashMode, given.FlashMode),
            FlashFrequency = Setting(nameof(FlashFrequency), FlashFrequency, given.FlashFrequency),
            FlashSize = Setting(nameof(FlashSize), FlashSize, given.FlashSize),
        },
        Uf2 = new Uf2Options { PayloadSize = PayloadSize == 0 ? null : PayloadSize, HasMd5 = !NoMd5 },
        Allow = allowed,
    };

    private string? Setting(string parameter, string value, string? listed)
    {
        bool isGiven = IsGiven(parameter);
        string? chosen = FlashSettings.Choose(isGiven, value, listed);
        if (isGiven || chosen is null || !FlashSettings.IsDetect(chosen))
        {
            return chosen;
        }

        WriteWarning("The list of files asks to detect the flash size, but there is no flash here; the size in the header stays.");
        return null;
    }
}
