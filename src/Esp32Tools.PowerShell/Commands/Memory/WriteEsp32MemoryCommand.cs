using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Writes registers or RAM of a chip: words, optionally under a mask, or bytes. The next reset undoes it.</summary>
[Cmdlet(VerbsCommunications.Write, "Esp32Memory", SupportsShouldProcess = true, DefaultParameterSetName = ValueSet)]
[OutputType(typeof(MemoryWriteResult))]
[Lifts(nameof(RefusalCatalog.MemoryWrite))]
public sealed class WriteEsp32MemoryCommand : Esp32DeviceCmdlet
{
    private const string ValueSet = "Value";
    private const string DataSet = "Data";
    private const string PathSet = "Path";

    private const string Burning = "which is in the eFuse controller: what it burns stays burned";
    private const string Caption = "Write registers that burn eFuses: this cannot be undone";

    private byte[] _data = [];
    private MemoryWriteOptions _options = new();

    /// <summary>Address of the first byte; a multiple of 4 for words and for registers.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Consecutive words.</summary>
    [Parameter(ParameterSetName = ValueSet, Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberListTransformation]
    [ValidateNotNullOrEmpty]
    public uint[] Value { get; set; } = [];

    /// <summary>Bits to change in each word.</summary>
    [Parameter(ParameterSetName = ValueSet, Position = 2, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Mask { get; set; } = uint.MaxValue;

    /// <summary>Bytes to write.</summary>
    [Parameter(ParameterSetName = DataSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [BytesTransformation]
    public byte[] Data { get; set; } = [];

    /// <summary>File with the bytes.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Reads the data back; a difference is an error.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Lifts refusals, each by its error id and no other: AddressUnmapped, EfuseRegisters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    private bool HasWords => ParameterSetName == ValueSet;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            _options = new MemoryWriteOptions { Verify = Verify, Allow = Allowed };
            _data = ParameterSetName == PathSet ? InputFile.Read(Paths.Resolve(Path), StopToken) : Data;
        });
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        long length = HasWords ? 4L * Value.Length : _data.Length;
        MemoryWriter.Require(device, Address, length, _options);
        string action = $"Write {Describe()} to 0x{Address:X8}";
        bool burns = MemoryWriter.ReachesEfuses(device, Address, length);
        if (burns ? !Invocation.MayBurn($"{action} of {device}, {Burning}", Caption) : !ShouldProcess(device.ToString(), action))
        {
            return;
        }

        using var progress = new ActivityProgress(this, device.ToString());
        Emit(HasWords
            ? MemoryWriter.WriteWords(device, Address, Value, Mask, _options, StopToken)
            : MemoryWriter.WriteBytes(device, Address, _data, _options, progress.Report, StopToken));
    }

    private string Describe() => !HasWords ? $"{_data.Length} bytes"
        : Value.Length > 1 ? $"{Value.Length} words"
        : Mask == uint.MaxValue ? $"0x{Value[0]:X8}" : $"0x{Value[0]:X8} under the mask 0x{Mask:X8}";
}
