using System;
using System.IO;
using System.Management.Automation;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Formats.Images.Elf;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Image;

/// <summary>Makes application and bootloader images from ELF files.</summary>
[Cmdlet(VerbsData.ConvertTo, "Esp32Image", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ConvertToEsp32ImageCommand : FilesCmdlet
{
    private readonly OutputClaims _claims = new();

    /// <summary>The image to write, or an existing folder; beside the ELF file when it is left out.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The chip that the image is for.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(Words.Chips))]
    [ValidateNotNullOrEmpty]
    public string Chip { get; set; } = string.Empty;

    /// <summary>Flash mode for the header.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.HeaderFlashModes))]
    [ValidateNotNullOrEmpty]
    public string FlashMode { get; set; } = new ImageBuildOptions().FlashMode;

    /// <summary>Flash frequency for the header; the chip's default when it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.HeaderFlashFrequencies))]
    [ValidateNotNullOrEmpty]
    public string? FlashFrequency { get; set; }

    /// <summary>Flash size for the header.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Words.FlashCapacities))]
    [FlashSizeTransformation]
    [ValidateNotNullOrEmpty]
    public string FlashSize { get; set; } = new ImageBuildOptions().FlashSize;

    /// <summary>Lowest silicon revision that runs the image.</summary>
    [Parameter]
    [RevisionTransformation]
    public Version MinRevision { get; set; } = new(0, 0);

    /// <summary>Highest silicon revision that runs the image; no limit when it is left out.</summary>
    [Parameter]
    [RevisionTransformation]
    public Version? MaxRevision { get; set; }

    /// <summary>Lowest revision in the old form: a major or a minor number, depending on the chip.</summary>
    [Parameter]
    public byte LegacyMinRevision { get; set; }

    /// <summary>Pads the image so that a signature is where secure boot looks for it.</summary>
    [Parameter]
    public SecurePadding SecurePadding { get; set; }

    /// <summary>Offset in the image of the digest of the ELF file; 0 for its place in the application's description.</summary>
    [Parameter]
    [NumberTransformation]
    public uint ElfHashOffset { get; set; }

    /// <summary>Page size of the flash MMU; 0 for the one in the application's description.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(0, int.MaxValue)]
    public int MmuPageSize { get; set; }

    /// <summary>Pads the file with FF to a multiple of this size; 0 for no padding.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateRange(0, int.MaxValue)]
    public int PadToSize { get; set; }

    /// <summary>Appends no SHA-256 to the image.</summary>
    [Parameter]
    public SwitchParameter NoHash { get; set; }

    /// <summary>Uses the segments of the ELF file instead of its sections.</summary>
    [Parameter]
    public SwitchParameter UseSegments { get; set; }

    /// <summary>Counts only the segments in RAM in the header; they then come first.</summary>
    [Parameter]
    public SwitchParameter RamOnlyHeader { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessFile(string file)
    {
        ChipDefinition chip = ChipCatalog.ByName(Chip);
        BuiltImage image = ImageBuilder.Build(ElfFile.Parse(InputFile.Read(file, StopToken), file), chip, Options());
        foreach (string warning in image.Warnings)
        {
            WriteWarning($"{file}: {warning}");
        }

        OutputPlace target = TargetOf(file);
        target.RequireFree(_claims, Force);
        if (ShouldProcess(target.File, $"Write an image for the {chip.Name} of {image.Data.Length} bytes"))
        {
            target.Write(_claims, Force, () => image.Data);
            WriteObject(new FileInfo(target.File));
        }
    }

    private OutputPlace TargetOf(string file)
    {
        string beside = System.IO.Path.ChangeExtension(file, ".bin");
        return Destination is null ? new OutputPlace(beside, IsInNewFolder: false) : Paths.ResolveInto(Destination, System.IO.Path.GetFileName(beside));
    }

    private ImageBuildOptions Options() => new()
    {
        FlashMode = FlashMode,
        FlashFrequency = FlashFrequency,
        FlashSize = FlashSize,
        LegacyMinRevision = LegacyMinRevision,
        MinRevision = NumberOf(MinRevision),
        MaxRevision = MaxRevision is null ? (ushort)ImageHeader.NoMaxRevision : NumberOf(MaxRevision),
        SecurePadding = SecurePadding,
        ElfHashOffset = ElfHashOffset == 0 ? null : ElfHashOffset,
        AppendHash = !NoHash,
        UseSegments = UseSegments,
        MmuPageSize = MmuPageSize == 0 ? null : MmuPageSize,
        PadToSize = PadToSize == 0 ? null : PadToSize,
        RamOnlyHeader = RamOnlyHeader,
    };

    private static ushort NumberOf(Version revision) => revision is { Major: <= 655, Minor: < 100, Build: -1 } && (revision.Major * 100) + revision.Minor < ImageHeader.NoMaxRevision
        ? (ushort)((revision.Major * 100) + revision.Minor)
        : throw new Esp32Exception(ErrorCode.ValueInvalid, $"An image header cannot hold the revision {revision}.", "Give a revision such as 3.1.");
}
