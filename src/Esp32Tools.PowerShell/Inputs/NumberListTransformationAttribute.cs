using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Accepts one or more numbers in the forms of <see cref="NumberTransformationAttribute"/>.</summary>
public sealed class NumberListTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly NumberTransformationAttribute s_one = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Items(inputData).Select(item => (uint)s_one.Transform(engineIntrinsics, item!)).ToArray();
}
