using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Reads partitions into files, one each, named after them.</summary>
[Cmdlet(VerbsData.Export, "Esp32Partition", SupportsShouldProcess = true, DefaultParameterSetName = InputSet)]
[OutputType(typeof(PartitionDump))]
public sealed class ExportEsp32PartitionCommand : PartitionDeviceCmdlet
{
    private const string InputSet = "InputObject";
    private const string DeviceSet = "Device";

    private readonly List<(DeviceArgument Device, Esp32Partition Partition)> _piped = [];
    private readonly OutputClaims _claims = new();
    private string _folder = string.Empty;

    /// <summary>Partitions of Get-Esp32Partition; each knows its device.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    public Esp32Partition[] InputObject { get; set; } = [];

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Names of the partitions; wildcards allowed.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Folder for the files; it is made if it is not there.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes a manifest of the files, and the bootloader and the partition table with them: what Import-Esp32Partition restores.</summary>
    [Parameter]
    public SwitchParameter Manifest { get; set; }

    /// <summary>Makes a folder for each unit, named after its MAC address.</summary>
    [Parameter]
    public SwitchParameter PerUnit { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _folder = Paths.Resolve(Destination));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            // A port that the cmdlet before this one still holds is free at the end of the pipeline.
            foreach (Esp32Partition partition in InputObject)
            {
                Attempt(() => _piped.Add((DeviceOf(partition), partition)), isOnlyItem: false, partition.Name);
            }
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == InputSet)
        {
            Device = [.. _piped.Select(piped => piped.Device).GroupBy(device => device.PortName).Select(named => named.First())];
            base.ProcessRecord();
        }

        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        if (cipher is { IsEncrypted: false })
        {
            WriteWarning($"Flash encryption is off on {device}: what stands in its flash is written as it is.");
        }

        string folder = PerUnit ? PartitionFolder.Of(_folder, device.ReadIdentity(StopToken).Mac) : _folder;
        string manifest = Path.Combine(folder, PartitionManifest.FileName);
        if (Manifest)
        {
            _claims.RequireFree(manifest, Force);
        }

        List<PartitionManifestEntry> entries = [];
        int wanted = 0;
        foreach (Esp32Partition partition in Wanted(device, cipher))
        {
            wanted++;
            Attempt(() => entries.AddRange(Export(device, partition, folder, cipher)), isOnlyItem: false, device.PortName);
        }

        // A manifest lists what is there: all of it, or it is not written.
        if (Manifest && wanted > 0 && entries.Count == wanted)
        {
            WriteManifest(device, folder, manifest, entries, cipher);
        }
    }

    private static DeviceArgument DeviceOf(Esp32Partition partition) =>
        partition.Device is Esp32Device session ? new DeviceArgument(session)
        : partition.PortName is string portName ? new DeviceArgument(portName)
        : throw new InputException(
            ErrorCode.PartitionNotFound,
            $"Partition '{partition.Name}' comes from a file and belongs to no device.",
            "Name the device and the partition.")
        { Target = partition.Name };

    private IEnumerable<Esp32Partition> Wanted(Esp32Device device, PartitionCipher? cipher) => ParameterSetName == InputSet
        ? _piped.Where(piped => piped.Device.PortName == device.PortName).Select(piped => piped.Partition)
        : Esp32Partition.From(PartitionTableReader.Read(device, TableOffset, StopToken, cipher))
            .Where(partition => Wildcards.MatchAny(Name, partition.Name));

    // The entry for the manifest; none where nothing was to be done.
    private IEnumerable<PartitionManifestEntry> Export(Esp32Device device, Esp32Partition partition, string folder, PartitionCipher? cipher)
    {
        bool isDecrypted = cipher is not null && cipher.Covers(partition.ToPartition());
        string file = Path.Combine(folder, PartitionDump.FileNameOf(partition.Name));
        _claims.RequireFree(file, Force);
        if (!ShouldProcess(file, $"Write {(isDecrypted ? "decrypted " : string.Empty)}partition {partition} of {device}"))
        {
            return [];
        }

        using var progress = new DeviceProgress(this, device.ToString());
        OutputFile.MakeFolder(folder);
        string sha256 = string.Empty;
        byte[] Read()
        {
            byte[] data = PartitionReader.Read(device, partition.ToPartition(), progress.Report, StopToken);
            data = isDecrypted ? Decrypt(cipher!, partition, data) : data;
            sha256 = PartitionRestore.Sha256Of(data);
            return data;
        }

        if (isDecrypted && partition.HoldsKeys)
        {
            _claims.WriteSecret(file, Force, Read);
        }
        else
        {
            _claims.Write(file, Force, Read);
        }

        Emit(new PartitionDump
        {
            PortName = device.PortName,
            Name = partition.Name,
            Offset = partition.Offset,
            Size = partition.Size,
            Decrypted = isDecrypted,
            Sha256 = sha256,
            Path = file,
        });
        bool isEncrypted = !isDecrypted && partition.UsesFlashEncryption && device.ReadFlashProtection(StopToken).FlashEncryption;
        return
        [
            new PartitionManifestEntry
            {
                Name = partition.Name,
                Type = partition.Type,
                SubType = partition.SubType,
                Offset = partition.Offset,
                Size = partition.Size,
                File = Path.GetFileName(file),
                Sha256 = sha256,
                Contents = isDecrypted ? PartitionContents.Decrypted : isEncrypted ? PartitionContents.Encrypted : PartitionContents.Plain,
            },
        ];
    }

    private void WriteManifest(Esp32Device device, string folder, string path, List<PartitionManifestEntry> entries, PartitionCipher? cipher)
    {
        IReadOnlyList<(PartitionManifestEntry Entry, byte[] Data)> surroundings = PartitionBackup.ReadSurroundings(device, TableOffset, cipher, StopToken);
        foreach ((PartitionManifestEntry entry, byte[] data) in surroundings)
        {
            _claims.Write(Path.Combine(folder, entry.File), Force, () => data);
        }

        _claims.Write(path, Force, () => PartitionBackup.Manifest(device, surroundings, entries, StopToken).ToBytes());
    }

    private byte[] Decrypt(PartitionCipher cipher, Esp32Partition partition, byte[] data)
    {
        byte[] plain = cipher.Decrypt(partition.ToPartition(), data, out bool looksWrong);
        if (looksWrong)
        {
            WriteWarning($"What was decrypted of partition {partition.Name} is no application: another key may be in the chip, or plain bytes there.");
        }

        return plain;
    }
}
