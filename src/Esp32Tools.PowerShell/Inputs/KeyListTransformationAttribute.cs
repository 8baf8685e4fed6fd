using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Lets keys be given in the forms of <see cref="KeyTransformationAttribute"/>, one or several.</summary>
public sealed class KeyListTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => KeyForms.Several(inputData, engineIntrinsics.SessionState);
}
