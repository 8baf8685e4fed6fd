using System.Linq;
using System.Management.Automation;
using Esp32Tools.FactoryData;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Accepts an NVS partition as bytes, from New-Esp32Nvs, or as read from flash; it leaves paths to other parameters.</summary>
public sealed class NvsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Arguments.BaseOf(inputData) switch
    {
        NvsContent content => content,
        Esp32NvsImage image => new NvsContent(image.GetBytes(), image.Path),
        FactoryDataImage image => new NvsContent(image.GetBytes(), path: null),
        FlashRegion region => new NvsContent(region.GetBytes(), region.Path, region.PortName),
        byte[] bytes => new NvsContent(bytes, path: null),
        object[] items when items.Length > 0 && items.All(item => Arguments.BaseOf(item) is byte) =>
            new NvsContent([.. items.Select(item => (byte)Arguments.BaseOf(item)!)], path: null),
        _ => throw Arguments.CannotConvert("An NVS partition is an array of bytes, or what New-Esp32Nvs or Read-Esp32Flash gives."),
    };
}
