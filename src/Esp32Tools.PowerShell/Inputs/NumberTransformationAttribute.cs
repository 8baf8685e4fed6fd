using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Accepts an address or a size as <c>0x10000</c>, <c>65536</c>, <c>64KB</c>, <c>4MB</c>, or as text of the same forms.
/// </summary>
public sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        NumberText.TryConvert(inputData, out uint value)
            ? value
            : throw Arguments.CannotConvert(
                PortText.Hint(inputData) ?? $"'{inputData}' is not an address or a size: give a number from 0 to 0xFFFFFFFF, such as 0x10000, 65536, 64KB or 4MB.");
}
