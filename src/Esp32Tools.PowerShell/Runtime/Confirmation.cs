using System;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The question before the one irreversible use of a cmdlet whose other uses ask nothing: PowerShell has one ConfirmImpact
/// for all of them.
/// </summary>
internal static class Confirmation
{
    /// <summary>
    /// True when a cmdlet of ConfirmImpact High would ask and one of Medium would not: always, unless <c>-Confirm</c> is
    /// given either way, or the caller's preference is to ask always or never. Call it on the pipeline's thread.
    /// </summary>
    public static bool IsOwedByHighImpact(PSCmdlet cmdlet) =>
        !cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm") && Preference(cmdlet) == ConfirmImpact.High;

    private static ConfirmImpact Preference(PSCmdlet cmdlet) =>
        Enum.TryParse(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High)?.ToString(), ignoreCase: true, out ConfirmImpact preference)
            ? preference
            : ConfirmImpact.High;
}
