using System.Collections.Generic;
using System.Management.Automation;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The error ids that a command line gives to Force, or to another parameter where Force replaces files.</summary>
internal static class RefusalIds
{
    /// <summary>
    /// The refusals to lift; none where the parameter is not given. Given without an id, as an empty list or as a text that is
    /// not an id, it is an error that names the ids. A bare <c>-Force</c> never gets here: PowerShell itself requires an argument.
    /// </summary>
    /// <param name="cmdlet">The cmdlet, whose class names the refusals that it lifts, if any.</param>
    /// <param name="parameter">The parameter that takes them.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/></exception>
    public static IReadOnlyCollection<ErrorCode> Read(PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter) && LiftsAttribute.Of(cmdlet.GetType()) is { } liftable
            ? liftable.Parse((string[]?)cmdlet.GetType().GetProperty(parameter)!.GetValue(cmdlet) ?? [])
            : [];
}
