using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Protection.FlashEncryption;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>
/// Enables flash encryption: key, images, counter and locks in one run, in the order that limits the damage of a power loss. A
/// second run resumes where the first was interrupted, and does nothing on a finished unit.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "Esp32FlashEncryption", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = MadeSet)]
[OutputType(typeof(SecurityStep))]
[Lifts(nameof(RefusalCatalog.FlashEncryption))]
public sealed class EnableEsp32FlashEncryptionCommand : ProcedureCmdlet
{
    private const string MadeSet = "Made";
    private const string GivenSet = "Given";

    // The files of this call: two units of one MAC are one unit given twice.
    private readonly OutputClaims _claims = new();
    private string? _folder;
    private FlashKey? _given;
    private ImageSet _images = new();

    /// <summary>Mode: Development can be switched off again; Release is permanent and locks all ways around it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public FlashEncryptionGoal Mode { get; set; }

    /// <summary>
    /// The plain images for the flash: a table from address to file, addresses and files in turn, objects with an
    /// Address and a Path, or files that contain the addresses, such as flasher_args.json.
    /// </summary>
    [Parameter]
    [ImageTransformation]
    [ValidateNotNullOrEmpty]
    public ImageArgument[] Image { get; set; } = [];

    /// <summary>The key: the file that holds it, or its bytes. All devices get the same one.</summary>
    [Parameter(ParameterSetName = GivenSet, Mandatory = true)]
    [Alias("KeyPath")]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument Key { get; set; } = null!;

    /// <summary>Folder for a separate key of each unit, in a file named by its MAC address.</summary>
    [Parameter(ParameterSetName = MadeSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyDestination { get; set; }

    /// <summary>Length of a new key, in bytes.</summary>
    [Parameter(ParameterSetName = MadeSet)]
    [NumberTransformation]
    [ArgumentCompleter(typeof(Words.FlashKeyLengths))]
    public int KeyLength { get; set; }

    /// <summary>Key block; the usual one, or the first free one, when it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseBlocks))]
    public string? Block { get; set; }

    /// <summary>Leaves encryption to the firmware's first start: images are written plain, and the firmware sets the counter and the locks.</summary>
    [Parameter]
    public SwitchParameter FirstBoot { get; set; }

    /// <summary>State of the serial loader after the last step.</summary>
    [Parameter]
    public DownloadModeGoal DownloadMode { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as FlashContentsUnproven.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    private protected override string Caption => "Enable flash encryption: this cannot be undone";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            _images = ImageFiles.Read(Image, Paths);
            _given = ParameterSetName == GivenSet ? KeyReader.Read(Key, Paths) : null;
            _folder = KeyDestination is null ? null : Paths.Resolve(KeyDestination);
            if (_folder is not null && !Directory.Exists(_folder))
            {
                throw new InputException(ErrorCode.FolderNotFound, $"The folder '{_folder}' does not exist.", "Create it first, where only people who may know the keys can read.") { Target = _folder };
            }
        });
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _given?.Dispose();
    }

    /// <inheritdoc/>
    private protected override SecurityProcedure Plan(Esp32Device device)
    {
        if (_folder is null || device.IsSecureDownloadMode)
        {
            return Plan(device, _given, null);
        }

        string path = Path.Combine(_folder, $"{NameOf(device)}.key");
        if (!File.Exists(path))
        {
            return Plan(device, null, key => Save(key, path));
        }

        WriteVerbose($"The key of {device} is in {path}.");
        using FlashKey kept = KeyReader.Read(path, StopToken);
        return Plan(device, kept, null);
    }

    // Units without an address would all share one file, and with it one key.
    private string NameOf(Esp32Device device)
    {
        string digits = device.ReadIdentity(StopToken).Mac.Replace(":", string.Empty);
        return digits.Trim('0').Length > 0 ? digits : throw new Esp32Exception(
            ErrorCode.ValueInvalid, $"The {device.GetChip().Name} on {device.PortName} has no MAC address, by which its key file would be named.", "Give the key of the unit itself.")
        { Target = device.PortName };
    }

    private SecurityProcedure Plan(Esp32Device device, FlashKey? key, Func<FlashKey, string>? save) => FlashEncryptionProcedure.Plan(
        device,
        new FlashEncryptionOptions
        {
            Goal = Mode,
            Images = _images.Images,
            Write = new FlashWriteOptions { FlashMode = _images.FlashMode, FlashFrequency = _images.FlashFrequency, FlashSize = Size, DetectFlashSize = DetectsSize, Chip = _images.Chip, OtherChip = _images.OtherChip },
            Key = key,
            KeyLength = IsGiven(nameof(KeyLength)) ? KeyLength : null,
            SaveKey = save,
            Block = Block,
            FirstBoot = FirstBoot,
            DownloadMode = DownloadMode,
            Allow = Allowed,
        },
        StopToken);

    private bool DetectsSize => _images.FlashSize is string size && FlashSettings.IsDetect(size);

    private string? Size => DetectsSize ? null : _images.FlashSize;

    private string Save(FlashKey key, string path)
    {
        byte[] bytes = key.Reveal();
        try
        {
            _claims.Write(path, force: false, () => bytes, FileCare.Secret);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }

        return path;
    }
}
