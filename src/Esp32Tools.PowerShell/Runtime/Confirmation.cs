using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.ExceptionServices;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The question before what cannot be undone. It is asked when PowerShell would ask a cmdlet of ConfirmImpact High, and is its
/// question, but for the default: there Enter alone is Yes, here it is No. The copies of a cmdlet share it, and with it the answers
/// for all later questions.
/// </summary>
internal sealed class Confirmation
{
    private const int Yes = 0;
    private const int YesToAll = 1;
    private const int No = 2;
    private const int NoToAll = 3;
    private const int Suspend = 4;

    private readonly bool _asks;
    private bool? _forAll;

    private Confirmation(bool asks) => _asks = asks;

    /// <summary>Finds out whether a cmdlet asks. Call it in <c>BeginProcessing</c>.</summary>
    public static Confirmation Of(PSCmdlet cmdlet) => new(
        !(Switch(cmdlet, "WhatIf") ?? LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference")))
        && (Switch(cmdlet, "Confirm") ?? (Switch(cmdlet, "Debug") == true || Preference(cmdlet) != ConfirmImpact.None)));

    /// <summary>True when the work may be done. Where nobody is to be asked, PowerShell answers: it shows what WhatIf shows.</summary>
    /// <param name="cmdlet">The cmdlet, or its copy for one device.</param>
    /// <param name="plan">The work, in lines.</param>
    /// <param name="caption">The caption of the question.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ConfirmationImpossible"/></exception>
    public bool IsGiven(Cmdlet cmdlet, string plan, string caption)
    {
        if (!_asks)
        {
            return cmdlet.ShouldProcess(plan, plan, caption);
        }

        PSHost host = cmdlet.CommandRuntime.Host;
        return cmdlet.CommandRuntime is JobRuntime job ? AskFrom(job, () => Ask(host, plan, caption)) : Ask(host, plan, caption);
    }

    // A failure to ask for one device ends neither the other jobs nor the pipeline.
    private static bool AskFrom(JobRuntime job, Func<bool> question)
    {
        (bool isGiven, ExceptionDispatchInfo? failure) = job.Ask<(bool, ExceptionDispatchInfo?)>(() =>
        {
            try
            {
                return (question(), null);
            }
            catch (Esp32Exception error)
            {
                return (false, ExceptionDispatchInfo.Capture(error));
            }
        });
        failure?.Throw();
        return isGiven;
    }

    private bool Ask(PSHost host, string plan, string caption)
    {
        while (_forAll is null)
        {
            switch (Choose(host, plan, caption))
            {
                case Yes:
                    return true;
                case YesToAll:
                    _forAll = true;
                    break;
                case NoToAll:
                    _forAll = false;
                    break;
                case Suspend:
                    host.EnterNestedPrompt();
                    break;
                default:
                    return false;
            }
        }

        return _forAll.Value;
    }

    private static int Choose(PSHost host, string plan, string caption)
    {
        Collection<ChoiceDescription> choices =
        [
            new("&Yes", "Does this, and asks again before the next."),
            new("Yes to &All", "Does this and all that follows in this call."),
            new("&No", "Leaves this one as it is."),
            new("No to A&ll", "Leaves this one and all that follow as they are."),
            new("&Suspend", "Opens a prompt inside this question; exit returns to it."),
        ];
        try
        {
            return host.UI.PromptForChoice(caption, plan, choices, No);
        }
        catch (Exception error) when (error is not (PromptingException or PipelineStoppedException or OperationCanceledException))
        {
            // Hosts without a person throw exceptions of many kinds. A PromptingException is Ctrl-C at the question.
            throw new Esp32Exception(
                ErrorCode.ConfirmationImpossible,
                $"This cannot be undone and has to be confirmed, and there is nobody to ask: {error.Message}",
                "Nothing was burned. Look at the plan that -WhatIf prints, then give -Confirm:$false.",
                error);
        }
    }

    private static bool? Switch(PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) ? LanguagePrimitives.IsTrue(value) : null;

    private static ConfirmImpact Preference(PSCmdlet cmdlet) =>
        Enum.TryParse(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High)?.ToString(), ignoreCase: true, out ConfirmImpact preference)
            ? preference
            : ConfirmImpact.High;
}
