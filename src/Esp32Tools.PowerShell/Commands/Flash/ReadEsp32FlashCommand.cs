using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Reads a range of flash into an object and, on request, a file.</summary>
[Cmdlet(VerbsCommunications.Read, "Esp32Flash", SupportsShouldProcess = true)]
[OutputType(typeof(FlashRegion))]
public sealed class ReadEsp32FlashCommand : RangeReadCmdlet<FlashRegion>
{
    /// <summary>Flash address.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Offset")]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Length, in bytes.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [NumberTransformation]
    [ValidateRange(1, int.MaxValue)]
    public int Length { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool ReplacesFile => Force;

    /// <inheritdoc/>
    private protected override string Range => $"0x{Length:X} bytes of flash from 0x{Address:X}";

    /// <inheritdoc/>
    private protected override FlashRegion Read(Esp32Device device, Action<OperationProgress> progress) =>
        new(FlashReader.Read(device, Address, Length, progress, StopToken))
        {
            PortName = device.PortName,
            Address = Address,
            Path = TargetFile,
        };

    /// <inheritdoc/>
    private protected override byte[] DataOf(FlashRegion result) => result.GetBytes();
}
