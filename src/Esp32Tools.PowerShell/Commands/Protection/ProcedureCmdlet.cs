using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Runtime;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.PowerShell.Commands.Protection;

/// <summary>
/// A cmdlet that carries out a security procedure: it plans all of it, shows the plan and asks once, then carries it out and
/// writes each step as it happens. Where all steps are done already, it does not ask.
/// </summary>
public abstract class ProcedureCmdlet : Esp32DeviceCmdlet
{
    /// <summary>The caption of the confirmation, above the plan.</summary>
    private protected abstract string Caption { get; }

    /// <summary>Checks and plans the procedure. Changes nothing.</summary>
    private protected abstract SecurityProcedure Plan(Esp32Device device);

    /// <inheritdoc/>
    protected override void ProcessDevice(Esp32Device device)
    {
        using SecurityProcedure procedure = Plan(device);
        RequireAllowed(procedure);
        foreach (string warning in procedure.Warnings)
        {
            WriteWarning(warning);
        }

        // A chip in secure download mode does not tell its address.
        string unit = device.IsSecureDownloadMode ? device.ToString() : $"{device}, MAC {device.ReadIdentity(StopToken).Mac}";
        string description = procedure.IsDone ? string.Empty : ProcedureText.Render(unit, procedure);
        if (!procedure.IsDone && !Invocation.MayBurn(description, Caption))
        {
            // The plan as objects, for later use.
            procedure.Steps.ToList().ForEach(Emit);
            return;
        }

        using var progress = new ActivityProgress(this, device.ToString());
        foreach (SecurityStep step in procedure.Run(progress.Report, StopToken))
        {
            EmitNow(step);
            WriteVerbose($"{step}");
        }
    }

    // The first refusal is the error; the others are shown too, so that they can be dealt with together.
    private void RequireAllowed(SecurityProcedure procedure)
    {
        foreach (Esp32Exception refusal in procedure.Refusals.Skip(1))
        {
            WriteWarning($"Refused as well: {refusal.Message} {refusal.Advice}".TrimEnd());
        }

        if (procedure.Refusals.FirstOrDefault() is { } first)
        {
            throw first;
        }
    }
}
