using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Commands.Flash;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Writes a partition by its name, or all that a manifest lists, after the checks.</summary>
[Cmdlet(VerbsData.Import, "Esp32Partition", SupportsShouldProcess = true, DefaultParameterSetName = ContentsSet)]
[OutputType(typeof(FlashWriteResult), typeof(FlashWriteSummary))]
[Lifts(nameof(RefusalCatalog.PartitionWrite))]
public sealed class ImportEsp32PartitionCommand : PartitionDeviceCmdlet
{
    private const string ContentsSet = "Contents";
    private const string ManifestSet = "Manifest";

    private PartitionWriteOptions _options = new();
    private PartitionTable? _table;
    private PartitionData? _contents;
    private string _manifest = string.Empty;

    /// <summary>Name of the partition; with a manifest, names of those to write, wildcards allowed.</summary>
    [Parameter(ParameterSetName = ContentsSet, Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ManifestSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionNames))]
    public string[] Name { get; set; } = [];

    /// <summary>The file with its contents.</summary>
    [Parameter(ParameterSetName = ContentsSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [AllowNull]
    [AllowEmptyString]
    public string? Path { get; set; }

    /// <summary>Its contents; they take precedence over a file of the same object.</summary>
    [Parameter(ParameterSetName = ContentsSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Bytes")]
    [AllowNull]
    [BytesTransformation]
    public byte[]? Data { get; set; }

    /// <summary>A manifest of Export-Esp32Partition, its folder, or the folder with those of several units.</summary>
    [Parameter(ParameterSetName = ManifestSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Manifest { get; set; } = string.Empty;

    /// <summary>The partition table of the device, instead of reading it: its file, its bytes, or its partitions.</summary>
    [Parameter(ParameterSetName = ContentsSet)]
    [ValidateNotNull]
    public object? PartitionTable { get; set; }

    /// <summary>The contents are encrypted already, for this device and this place.</summary>
    [Parameter(ParameterSetName = ContentsSet)]
    public SwitchParameter Encrypted { get; set; }

    /// <summary>Writes only the sectors that changed.</summary>
    [Parameter]
    public SwitchParameter Differential { get; set; }

    /// <summary>Gives one result for each board in place of one for each partition, in the order of the boards.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other, such as PartitionReadOnly.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Summary)
        {
            Invocation.SumUp(FlashSummaries.OfWrite);
        }

        Attempt(() =>
        {
            _options = new PartitionWriteOptions { Allow = Allowed, Differential = Differential };
            _manifest = ParameterSetName == ManifestSet ? Paths.Resolve(Manifest) : string.Empty;
            _table = PartitionTable is null ? null
                : PartitionTableArgument.Read(PartitionTable, Paths, new PartitionTableOptions { TableOffset = TableOffset });
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isRead = true;
        if (ParameterSetName != ManifestSet)
        {
            isRead = false;
            AttemptItem(
                () =>
                {
                    _contents = Contents();
                    isRead = true;
                },
                Path);
        }

        if (isRead)
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        PartitionWritePlan plan = ParameterSetName == ManifestSet ? Restore(device, cipher) : Write(device, cipher);
        foreach (string warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        string steps = string.Join($"{System.Environment.NewLine}  ", plan.Describe().Prepend($"{device}:"));
        if (!ShouldProcess(steps, $"Write partitions of {device}?", "Write partitions"))
        {
            return;
        }

        using var progress = new ActivityProgress(this, device.ToString());
        foreach (FlashWriteResult result in PartitionWriter.Write(device, plan, progress.Report, StopToken))
        {
            Emit(result);
        }
    }

    private PartitionData Contents()
    {
        if (Name.Length != 1)
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"The contents of one partition cannot go into {Name.Length} partitions.", "Name one partition, or give a manifest.");
        }

        if (Data is null && string.IsNullOrEmpty(Path))
        {
            throw new Esp32Exception(ErrorCode.ValueInvalid, $"There is nothing to write into '{Name[0]}'.", "Give a file or bytes, or a manifest.");
        }

        string source = Data is null ? Paths.Resolve(Path!) : $"{Data.Length} bytes";
        byte[] bytes = Data ?? InputFile.Read(source, StopToken);
        return new PartitionData(Name[0], source, bytes) { Contents = Encrypted ? PartitionContents.Encrypted : PartitionContents.Plain };
    }

    private PartitionWritePlan Write(Esp32Device device, PartitionCipher? cipher) => PartitionWriter.Plan(
        device, _table ?? PartitionTableReader.Read(device, TableOffset, StopToken, cipher), [_contents!], cipher, _options, StopToken);

    private PartitionWritePlan Restore(Esp32Device device, PartitionCipher? cipher)
    {
        string file = PartitionFolder.ManifestFor(_manifest, device.ReadIdentity(StopToken).Mac);
        string folder = System.IO.Path.GetDirectoryName(file)!;
        var names = new WantedNames(Name);
        PartitionWritePlan plan = PartitionRestore.Plan(
            device,
            PartitionManifest.Parse(InputFile.Read(file, StopToken), file),
            entry => InputFile.Read(System.IO.Path.Combine(folder, entry.File), StopToken),
            Name.Length == 0 ? null : name => names.Match(name),
            cipher,
            _options,
            StopToken);
        return names.Missing.FirstOrDefault() is not { } missing ? plan
            : throw new InputException(ErrorCode.PartitionNotFound, $"The manifest '{file}' has no partition '{missing}'.", "Look into it for the names.") { Target = missing };
    }
}
