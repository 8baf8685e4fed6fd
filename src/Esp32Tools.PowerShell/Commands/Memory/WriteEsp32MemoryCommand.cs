using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Writes registers or RAM of a chip: words, under a mask if asked, or bytes. The next reset undoes it.</summary>
[Cmdlet(VerbsCommunications.Write, "Esp32Memory", SupportsShouldProcess = true, DefaultParameterSetName = ValueSet)]
[OutputType(typeof(MemoryWriteResult))]
public sealed class WriteEsp32MemoryCommand : Esp32DeviceCmdlet
{
    private const string ValueSet = "Value";
    private const string DataSet = "Data";
    private const string PathSet = "Path";

    private byte[] _data = [];

    /// <summary>Address of the first byte; a multiple of 4 for words and for registers.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Words, one behind the other.</summary>
    [Parameter(ParameterSetName = ValueSet, Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberListTransformation]
    [ValidateNotNullOrEmpty]
    public uint[] Value { get; set; } = [];

    /// <summary>Bits to change in each word.</summary>
    [Parameter(ParameterSetName = ValueSet, Position = 2, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Mask { get; set; } = uint.MaxValue;

    /// <summary>Bytes.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public byte[] Data { get; set; } = [];

    /// <summary>File with the bytes.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Reads back what was written; it is an error when that is something else.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Writes also where the chip is not known to have anything, and to the registers that burn eFuses.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool HasWords => ParameterSetName == ValueSet;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _data = ParameterSetName == PathSet ? InputFile.Read(Paths.Resolve(Path)) : Data);
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        var options = new MemoryWriteOptions { Verify = Verify, AllowUnmapped = Force, AllowEfuses = Force };
        if (!ShouldProcess(device.ToString(), $"Write {Describe()} to 0x{Address:X8}"))
        {
            return;
        }

        using var progress = new DeviceProgress(this, device.ToString());
        Emit(HasWords
            ? MemoryWriter.WriteWords(device, Address, Value, Mask, options, StopToken)
            : MemoryWriter.WriteBytes(device, Address, _data, options, progress.Report, StopToken));
    }

    private string Describe() => !HasWords ? $"{_data.Length} bytes"
        : Value.Length > 1 ? $"{Value.Length} words"
        : Mask == uint.MaxValue ? $"0x{Value[0]:X8}" : $"0x{Value[0]:X8} under the mask 0x{Mask:X8}";
}
