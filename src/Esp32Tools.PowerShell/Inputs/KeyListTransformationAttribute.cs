using System.Linq;
using System.Management.Automation;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Accepts one or more keys in the forms of <see cref="KeyTransformationAttribute"/>, or as digests of key files.</summary>
public sealed class KeyListTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly KeyTransformationAttribute s_one = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Items(inputData).Select(item => Arguments.BaseOf(item) is SigningKeyDigest digest
            ? new KeyArgument(digest.Path)
            : (KeyArgument)s_one.Transform(engineIntrinsics, item!)).ToArray();
}
