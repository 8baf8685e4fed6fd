using System.Globalization;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Converts <c>4MB</c>, which PowerShell reads as a number, to the name of a flash size.</summary>
public sealed class FlashSizeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Arguments.BaseOf(inputData) switch
    {
        string name => name,
        _ when NumberText.TryConvert(inputData, out uint size) && size > 0 => NameOf(size),
        _ => throw Arguments.CannotConvert($"'{inputData}' is not a flash size: give one such as 4MB."),
    };

    private static string NameOf(uint size) => size % (1 << 20) == 0
        ? (size >> 20).ToString(CultureInfo.InvariantCulture) + "MB"
        : (size >> 10).ToString(CultureInfo.InvariantCulture) + "KB";
}
