using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Partitions;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Infrastructure;
using Esp32Tools.Security.FlashEncryption;

namespace Esp32Tools.PowerShell.Commands.Partition;

/// <summary>Reads partitions into files, one each, named after them.</summary>
[Cmdlet(VerbsData.Export, "Esp32Partition", SupportsShouldProcess = true, DefaultParameterSetName = InputSet)]
[OutputType(typeof(PartitionDump))]
public sealed class ExportEsp32PartitionCommand : Esp32DeviceCmdlet
{
    private const string InputSet = "InputObject";
    private const string DeviceSet = "Device";

    private readonly List<(DeviceArgument Device, Esp32Partition Partition)> _piped = [];
    private readonly OutputClaims _claims = new();
    private string _folder = string.Empty;
    private FlashKey? _key;

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

    /// <summary>Flash address of the table.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [NumberTransformation]
    public uint TableOffset { get; set; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>Folder for the files; it is made if it is not there.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The flash encryption key of the devices: the file that holds it, or its bytes. Encrypted partitions are decrypted.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

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
        Attempt(() =>
        {
            _folder = Paths.Resolve(Destination);
            _key = Key is null ? null : KeyReader.Read(Key, Paths);
        });
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
        using PartitionDecryptor? decryptor = _key is null ? null : PartitionDecryptor.For(device, _key, StopToken);
        if (decryptor is { IsEncrypted: false })
        {
            WriteWarning($"Flash encryption is off on {device}: what stands in its flash is written as it is.");
        }

        foreach (Esp32Partition partition in Wanted(device, decryptor))
        {
            Attempt(() => Export(device, partition, decryptor), isOnlyItem: false, device.PortName);
        }
    }

    private static DeviceArgument DeviceOf(Esp32Partition partition) =>
        partition.Device is Esp32Device session ? new DeviceArgument(session)
        : partition.PortName is string portName ? new DeviceArgument(portName)
        : throw new ImageException(
            ErrorCode.PartitionNotFound,
            $"Partition '{partition.Name}' comes from a file and belongs to no device.",
            "Name the device and the partition.")
        { Target = partition.Name };

    private IEnumerable<Esp32Partition> Wanted(Esp32Device device, PartitionDecryptor? decryptor) => ParameterSetName == InputSet
        ? _piped.Where(piped => piped.Device.PortName == device.PortName).Select(piped => piped.Partition)
        : Esp32Partition.From(PartitionTableReader.Read(device, TableOffset, StopToken, decryptor))
            .Where(partition => Wildcards.MatchAny(Name, partition.Name));

    private void Export(Esp32Device device, Esp32Partition partition, PartitionDecryptor? decryptor)
    {
        bool isDecrypted = decryptor is not null && decryptor.Covers(partition);
        string file = Path.Combine(_folder, PartitionDump.FileNameOf(partition.Name));
        _claims.RequireFree(file, Force);
        if (!ShouldProcess(file, $"Write {(isDecrypted ? "decrypted " : string.Empty)}partition {partition} of {device}"))
        {
            return;
        }

        using var progress = new DeviceProgress(this, device.ToString());
        OutputFile.MakeFolder(_folder);
        byte[] Read()
        {
            byte[] data = PartitionReader.Read(device, partition, progress.Report, StopToken);
            return isDecrypted ? Decrypt(decryptor!, partition, data) : data;
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
            Path = file,
        });
    }

    private byte[] Decrypt(PartitionDecryptor decryptor, Esp32Partition partition, byte[] data)
    {
        byte[] plain = decryptor.Decrypt(partition, data, out bool looksWrong);
        if (looksWrong)
        {
            WriteWarning($"What was decrypted of partition {partition.Name} is no application: another key may be in the chip, or plain bytes there.");
        }

        return plain;
    }
}
