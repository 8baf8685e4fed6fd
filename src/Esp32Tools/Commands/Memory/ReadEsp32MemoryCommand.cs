using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Memory;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Reads registers, RAM or ROM of a chip, into an object and, if asked, a file.</summary>
[Cmdlet(VerbsCommunications.Read, "Esp32Memory", SupportsShouldProcess = true)]
[OutputType(typeof(MemoryContents))]
public sealed class ReadEsp32MemoryCommand : Esp32DeviceCmdlet
{
    private readonly OutputClaims _claims = new();
    private string? _file;

    /// <summary>Address of the first byte.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Bytes; one word when it is left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [NumberTransformation]
    [ValidateRange(1, int.MaxValue)]
    public int Length { get; set; } = 4;

    /// <summary>File to write; none when it is left out.</summary>
    [Parameter(Position = 2)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Reads also where the chip is not known to have anything, and replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _file = Path is null ? null : Paths.Resolve(Path));
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        if (_file is null)
        {
            Emit(Read(device));
            return;
        }

        _claims.RequireFree(_file, Force);
        if (ShouldProcess(_file, $"Write 0x{Length:X} bytes of memory from 0x{Address:X8} of {device}"))
        {
            MemoryContents? contents = null;
            _claims.Write(_file, Force, () => (contents = Read(device)).Data);
            Emit(contents!);
        }
    }

    private MemoryContents Read(Esp32Device device)
    {
        using var progress = new DeviceProgress(this, device.ToString());
        return new MemoryContents
        {
            PortName = device.PortName,
            Address = Address,
            Data = MemoryReader.Read(device, Address, Length, Force, progress.Report, StopToken),
            Path = _file,
        };
    }
}
