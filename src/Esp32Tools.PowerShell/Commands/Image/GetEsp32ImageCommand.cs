using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Images;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Storage;

namespace Esp32Tools.PowerShell.Commands.Image;

/// <summary>Gets the properties and the integrity of an application or bootloader image, from a file or a device.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Image", DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(Esp32Image))]
public sealed class GetEsp32ImageCommand : Esp32DeviceOrFileCmdlet
{
    /// <summary>Flash address of the image on a device, which needs it.</summary>
    [Parameter(ParameterSetName = DeviceSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Offset")]
    [NumberTransformation]
    public uint Address { get; set; }

    /// <inheritdoc/>
    private protected override void CheckDevices()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Address)))
        {
            Attempt(() => throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"There is no flash address of the image on {Device[0]}.", "Give it with -Address, such as 0x10000."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using var progress = new ActivityProgress(this, device.ToString());
        FirmwareImage image = FirmwareReader.Read(device, Address, progress.Report, StopToken);
        Emit(Esp32Image.FromDevice(image, device.PortName, Address));
    }

    /// <inheritdoc/>
    protected override void ProcessFile(string file) =>
        Emit(Esp32Image.FromFile(FirmwareImage.Inspect(InputFile.Read(file, StopToken), file), file));
}
