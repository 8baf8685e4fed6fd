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
    /// <param name="cmdlet">The cmdlet, whose class names the refusals it lifts.</param>
    /// <param name="ids">The value of the parameter.</param>
    /// <param name="parameter">The parameter that they were given to.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/></exception>
    public static IReadOnlyCollection<ErrorCode> Read(PSCmdlet cmdlet, string[]? ids, string parameter = "Force") =>
        cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter) ? LiftsAttribute.Of(cmdlet.GetType())!.Parse(ids ?? []) : [];
}
