using System;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Reads registers, RAM or ROM of a chip, into an object and, if asked, a file.</summary>
[Cmdlet(VerbsCommunications.Read, "Esp32Memory", SupportsShouldProcess = true)]
[OutputType(typeof(MemoryContents))]
public sealed class ReadEsp32MemoryCommand : RangeReadCmdlet<MemoryContents>
{
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

    /// <summary>Reads also where the chip is not known to have anything, and replaces a file that exists.</summary>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string Range => $"0x{Length:X} bytes of memory from 0x{Address:X8}";

    /// <inheritdoc/>
    private protected override MemoryContents Read(Esp32Device device, Action<OperationProgress> progress) => new()
    {
        PortName = device.PortName,
        Address = Address,
        Data = MemoryReader.Read(device, Address, Length, Force, progress, StopToken),
        Path = TargetFile,
    };

    /// <inheritdoc/>
    private protected override byte[] DataOf(MemoryContents result) => result.Data;
}
