using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
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
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>Names of the partitions; wildcards allowed.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.PartitionNames))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Folder for the files; created if it does not exist.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes a manifest of the files, and the bootloader and the partition table with them, for Import-Esp32Partition.</summary>
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
                AttemptItem(() => _piped.Add((DeviceOf(partition), partition)), partition.Name);
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

        var export = new PartitionExport(
            device,
            new PartitionExportOptions
            {
                Folder = PerUnit ? PartitionFolder.Of(_folder, device.ReadIdentity(StopToken).Mac) : _folder,
                TableOffset = TableOffset,
                Cipher = cipher,
                Force = Force,
            },
            _claims);
        if (Manifest)
        {
            export.RequireManifestFree();
        }

        int wanted = 0;
        var filter = new PartitionFilter(Name, [], []);
        foreach (Esp32Partition partition in Wanted(device, cipher, filter))
        {
            wanted++;
            AttemptItem(() => Export(device, partition, export), device.PortName);
        }

        // A name that is missing makes the files incomplete, too.
        foreach (Esp32Exception missing in ParameterSetName == InputSet ? [] : filter.FindMissing(device.PortName))
        {
            wanted++;
            WriteError(ErrorRecords.From(missing));
        }

        // A manifest lists all files, or it is not written.
        if (Manifest && wanted > 0 && export.Count == wanted)
        {
            export.WriteManifest(StopToken);
        }
    }

    private static DeviceArgument DeviceOf(Esp32Partition partition) =>
        partition.PortName is string portName ? new DeviceArgument(portName)
        : throw new InputException(
            ErrorCode.PartitionNotFound,
            $"Partition '{partition.Name}' comes from a file and belongs to no device.",
            "Name the device and the partition.")
        { Target = partition.Name };

    private IEnumerable<Esp32Partition> Wanted(Esp32Device device, PartitionCipher? cipher, PartitionFilter filter) => ParameterSetName == InputSet
        ? _piped.Where(piped => piped.Device.PortName == device.PortName).Select(piped => piped.Partition)
        : Esp32Partition.From(PartitionTableReader.Read(device, TableOffset, StopToken, cipher))
            .Where(filter.Matches);

    private void Export(Esp32Device device, Esp32Partition partition, PartitionExport export)
    {
        if (ShouldProcess(export.PathOf(partition), $"Write {(export.IsDecrypted(partition) ? "decrypted " : string.Empty)}partition {partition} of {device}"))
        {
            using var progress = new ActivityProgress(this, device.ToString());
            Emit(export.Write(partition, WriteWarning, progress.Report, StopToken));
        }
    }
}
