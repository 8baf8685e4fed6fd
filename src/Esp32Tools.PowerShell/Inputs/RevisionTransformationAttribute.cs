using System;
using System.Globalization;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Converts a silicon revision to a version: <c>3.1</c>, which PowerShell reads as a number, <c>v3.1</c>, or <c>3</c>.</summary>
public sealed class RevisionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Arguments.BaseOf(inputData) switch
    {
        Version version => version,
        IFormattable number when Parse(number.ToString(null, CultureInfo.InvariantCulture)) is Version version => version,
        string text when Parse(text.Trim().TrimStart('v', 'V')) is Version version => version,
        _ => throw Arguments.CannotConvert($"'{inputData}' is not a silicon revision: give one such as 3.1."),
    };

    private static Version? Parse(string text) =>
        Version.TryParse(text.Contains(".") ? text : $"{text}.0", out Version? version) ? version : null;
}
