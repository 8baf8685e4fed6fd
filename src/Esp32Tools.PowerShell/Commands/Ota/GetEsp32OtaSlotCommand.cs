using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Files;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.PowerShell.Commands.Partition;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Commands.Ota;

/// <summary>Gets the applications that may boot, the one that does, and the reason.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32OtaSlot", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32OtaSlot))]
public sealed class GetEsp32OtaSlotCommand : PartitionDeviceCmdlet
{
    private const string PathSet = "Path";
    private const string DataSet = "Data";

    /// <summary>The devices: port names, or sessions of Connect-Esp32Device.</summary>
    [Parameter(ParameterSetName = DeviceSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port", "PortName")]
    [DeviceTransformation]
    [ArgumentCompleter(typeof(Words.Ports))]
    public override DeviceArgument[] Device { get; set; } = [];

    /// <summary>A file with the contents of otadata.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The contents of otadata.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true)]
    [Alias("Bytes")]
    [ValidateNotNullOrEmpty]
    [BytesTransformation]
    public byte[] Data { get; set; } = [];

    /// <summary>The partition table that goes with the contents: its file, its bytes, or its partitions.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Parameter(ParameterSetName = DataSet, Mandatory = true)]
    [ValidateNotNull]
    public object PartitionTable { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == DeviceSet)
        {
            base.ProcessRecord();
            return;
        }

        OtaLayout layout = null!;
        Attempt(() => layout = OtaLayout.From(PartitionTableArgument.Read(PartitionTable, Paths, new PartitionTableOptions { TableOffset = TableOffset })));
        bool isFile = ParameterSetName == PathSet;
        AttemptItem(
            () =>
            {
                var data = OtaData.Parse(isFile ? InputFile.Read(Paths.Resolve(Path), StopToken) : Data);
                WriteObject(Esp32OtaSlot.From(layout, data), enumerateCollection: true);
            },
            isFile ? Path : null);
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using PartitionCipher? cipher = CipherFor(device);
        var layout = OtaLayout.From(PartitionTableReader.Read(device, TableOffset, StopToken, cipher));
        OtaData data = OtaDevice.Read(device, layout, cipher, StopToken);
        foreach (Esp32OtaSlot slot in Esp32OtaSlot.From(layout, data, device.PortName))
        {
            Emit(slot);
        }
    }
}
