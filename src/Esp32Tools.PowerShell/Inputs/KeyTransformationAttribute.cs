using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Makes a <see cref="KeyArgument"/> of any form in which a key is given: see <see cref="KeyForms"/>.</summary>
public sealed class KeyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => KeyForms.One(inputData, engineIntrinsics.SessionState);
}
