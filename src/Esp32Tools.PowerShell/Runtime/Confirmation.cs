using System;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The question before the one use of a cmdlet that cannot be undone, where the cmdlet's other uses ask nothing: PowerShell
/// knows one ConfirmImpact for all of them.
/// </summary>
internal static class Confirmation
{
    /// <summary>
    /// True when a cmdlet of ConfirmImpact High would ask and one of Medium does not: that is so unless <c>-Confirm</c> is
    /// given either way, or the preference of the caller asks always or never. To be asked on the pipeline's thread.
    /// </summary>
    public static bool IsOwedByHighImpact(PSCmdlet cmdlet) =>
        !cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm") && Preference(cmdlet) == ConfirmImpact.High;

    private static ConfirmImpact Preference(PSCmdlet cmdlet) =>
        Enum.TryParse(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High)?.ToString(), ignoreCase: true, out ConfirmImpact preference)
            ? preference
            : ConfirmImpact.High;
}
