using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Flash;

/// <summary>Gets the digest of a range of flash, made by the chip.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32FlashHash")]
[OutputType(typeof(FlashHash))]
public sealed class GetEsp32FlashHashCommand : Esp32DeviceCmdlet
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
    [ValidateRange(1u, uint.MaxValue)]
    public uint Length { get; set; }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device) =>
        Emit(FlashVerifier.Hash(device, Address, Length, StopToken));
}
