using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.PowerShell.Commands.Efuse;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>A procedure as text for the confirmation: every step, with its eFuse bits under it.</summary>
internal static class ProcedureText
{
    /// <summary>The steps under a line that names the device; no key is shown.</summary>
    public static string Render(string device, SecurityProcedure procedure) =>
        string.Join(Environment.NewLine, procedure.Steps.SelectMany(Lines).Prepend($"{device}: burned eFuses cannot be undone"));

    private static IEnumerable<string> Lines(SecurityStep step)
    {
        yield return $"{step.Number}. {step.Name}{State(step.Status)}: {step.Text}";
        if (step.Efuses.Count > 0)
        {
            foreach (string line in EfusePlanText.Table(step.Efuses))
            {
                yield return $"   {line}";
            }
        }
    }

    private static string State(string status) => status switch
    {
        nameof(SecurityStepStatus.AlreadySo) => " (is so already)",
        nameof(SecurityStepStatus.Left) => " (left)",
        _ => string.Empty,
    };
}
