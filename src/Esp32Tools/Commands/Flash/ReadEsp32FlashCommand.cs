using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Binding;
using Esp32Tools.PowerShell.Infrastructure;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Reads a range of flash, into an object and, if asked, a file.</summary>
[Cmdlet(VerbsCommunications.Read, "Esp32Flash", SupportsShouldProcess = true)]
[OutputType(typeof(FlashRegion))]
public sealed class ReadEsp32FlashCommand : Esp32DeviceCmdlet
{
    private readonly OutputClaims _claims = new();
    private string? _file;

    /// <summary>Flash address.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Offset")]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Bytes.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [NumberTransformation]
    [ValidateRange(1, int.MaxValue)]
    public int Length { get; set; }

    /// <summary>File to write; none when it is left out.</summary>
    [Parameter(Position = 2)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that exists.</summary>
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
        if (ShouldProcess(_file, $"Write 0x{Length:X} bytes of flash from 0x{Address:X} of {device}"))
        {
            FlashRegion? region = null;
            _claims.Write(_file, Force, () => (region = Read(device)).Data);
            Emit(region!);
        }
    }

    private FlashRegion Read(Esp32Device device)
    {
        using var progress = new DeviceProgress(this, device.ToString());
        return new FlashRegion
        {
            PortName = device.PortName,
            Address = Address,
            Data = FlashReader.Read(device, Address, Length, progress.Report, StopToken),
            Path = _file,
        };
    }
}
