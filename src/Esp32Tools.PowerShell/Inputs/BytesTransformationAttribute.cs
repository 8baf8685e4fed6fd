using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Accepts bytes as results have them, too: as text of hexadecimal digits.</summary>
public sealed class BytesTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Arguments.BaseOf(inputData) is string text && KeyText.FromDigits(text) is { } bytes ? bytes : inputData;
}
