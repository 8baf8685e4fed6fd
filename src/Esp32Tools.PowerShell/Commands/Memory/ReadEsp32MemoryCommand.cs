using System;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Devices.Memory;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Memory;

/// <summary>Reads registers, RAM or ROM of a chip into an object and, on request, a file.</summary>
[Cmdlet(VerbsCommunications.Read, "Esp32Memory", SupportsShouldProcess = true)]
[OutputType(typeof(MemoryContents))]
[Lifts(nameof(RefusalCatalog.MemoryRead))]
public sealed class ReadEsp32MemoryCommand : RangeReadCmdlet<MemoryContents>
{
    /// <summary>Address of the first byte.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <summary>Length in bytes; one word when it is left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [NumberTransformation]
    [ValidateRange(1, int.MaxValue)]
    public int Length { get; set; } = 4;

    /// <summary>Lifts refusals, each by its error id and no other: AddressUnmapped, FileExists.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RefusalCompleter))]
    public string[] Force { get; set; } = [];

    /// <inheritdoc/>
    private protected override bool ReplacesFile => Allowed.Contains(ErrorCode.FileExists);

    /// <inheritdoc/>
    private protected override string Range => $"0x{Length:X} bytes of memory from 0x{Address:X8}";

    /// <inheritdoc/>
    private protected override void RequireFree(Action check) => new Refusals(RefusalCatalog.MemoryRead, Allowed).Check(check);

    /// <inheritdoc/>
    private protected override MemoryContents Read(Esp32Device device, Action<OperationProgress> progress) =>
        new(MemoryReader.Read(device, Address, Length, Allowed, progress, StopToken))
        {
            PortName = device.PortName,
            Address = Address,
            Path = TargetFile,
        };

    /// <inheritdoc/>
    private protected override byte[] DataOf(MemoryContents result) => result.GetBytes();
}
