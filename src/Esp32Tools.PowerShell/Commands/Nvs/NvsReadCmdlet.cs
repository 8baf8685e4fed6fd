using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Nvs;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>A cmdlet that reads NVS partitions: of devices, of files, or bytes.</summary>
public abstract class NvsReadCmdlet : Esp32DeviceCmdlet
{
    private protected const string PathSet = FileSource.PathSet;
    private const string LiteralPathSet = FileSource.LiteralPathSet;
    private const string InputSet = "InputObject";

    private NvsKey? _key;
    private Esp32Partition[] _given = [];

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Name of the partition.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionNames))]
    public string Partition { get; set; } = "nvs";

    /// <summary>Flash address of the partition table.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>Files of NVS partitions; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SupportsWildcards]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>An NVS partition: bytes, or the output of New-Esp32Nvs or Read-Esp32Flash.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [NvsTransformation]
    [ValidateNotNull]
    public NvsContent? InputObject { get; set; }

    /// <summary>The key of an encrypted partition: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>The HMAC key that the key is derived from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>Files of NVS partitions, as they are spelled.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>True when a key was given.</summary>
    private protected bool HasKey => _key is not null;

    /// <summary>Overwrites the key.</summary>
    public override void Dispose()
    {
        base.Dispose();
        _key?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = NvsKeyReader.Read(Key, HmacKey, Paths));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case InputSet:
                AttemptItem(() => Take(InputObject!), InputObject!.ToString());
                break;
            case DeviceSet:
                // A partition from the pipeline is used, unless another one is named; the table of an encrypted device was read for it already.
                _given = IsGiven(nameof(Partition)) ? [] : [.. Device.Select(device => device.Partition).OfType<Esp32Partition>()];
                base.ProcessRecord();
                break;
            case PathSet when Path.Any(PortText.IsName):
                ProcessFilesAndDevices();
                break;
            default:
                Invocation.ForEachFile(Path, LiteralPath, TakeFile);
                break;
        }
    }

    // Text by position or through the pipeline is a path or a port.
    private void ProcessFilesAndDevices()
    {
        ILookup<bool, string> given = Path.ToLookup(PortText.IsName);
        Path = [.. given[false]];
        Invocation.ForEachFile(Path, LiteralPath, TakeFile);
        Device = [.. given[true].Select(name => new DeviceArgument(name))];
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        Esp32Partition partition = _given.FirstOrDefault(given => given.PortName == device.PortName) ?? NvsDevice.Find(device, Partition, TableOffset, StopToken);
        using var progress = new ActivityProgress(this, device.ToString());
        Take(new NvsContent(NvsDevice.Read(device, partition, progress.Report, StopToken), path: null, device.PortName));
    }

    /// <summary>Works on a partition.</summary>
    /// <param name="image">The partition, decrypted if there is a key.</param>
    /// <param name="source">Its source, for messages.</param>
    private protected abstract void ProcessImage(NvsImage image, NvsContent source);

    private void TakeFile(string file) => Take(new NvsContent(InputFile.Read(file, StopToken), file));

    private void Take(NvsContent content) =>
        ProcessImage(NvsImage.Parse(_key is null ? content.Bytes : NvsCipher.Decrypt(content.Bytes, _key, content.ToString())), content);
}
