using System.Linq;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>Tells the results that record what cannot be undone from all others.</summary>
internal static class BurnRecord
{
    /// <summary>The record in one line; null for any other result. Never key bytes.</summary>
    public static string? Of(object result) => result switch
    {
        EfuseBurnResult { Changed: true } burn => $"{burn.PortName}: burned {string.Join("; ", burn.Steps.Where(step => step.Burned))}",
        SecurityStep { Status: nameof(SecurityStepStatus.Done) } step => $"{step.PortName}: {step}",
        _ => null,
    };
}
