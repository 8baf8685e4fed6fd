using System;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>The base of the cmdlets that use no loader; <see cref="Esp32DeviceCmdlet"/> is that of the others.</summary>
public abstract class Esp32Cmdlet : PSCmdlet
{
    private protected Esp32Cmdlet(string liftingParameter = "Force") => Invocation = new CmdletInvocation(this, liftingParameter);

    /// <summary>This call of the cmdlet.</summary>
    private protected CmdletInvocation Invocation { get; set; }

    /// <summary>Cancelled when the user presses Ctrl-C or the pipeline is stopped from outside.</summary>
    private protected CancellationToken StopToken => Invocation.Stop.Token;

    /// <inheritdoc cref="CmdletInvocation.Paths"/>
    private protected ProviderPaths Paths => Invocation.Paths;

    /// <summary>Writes a warning; text in it that a terminal would obey is shown as escapes. So do the methods after it.</summary>
    /// <param name="text">The warning.</param>
    public new void WriteWarning(string text) => base.WriteWarning(VisibleText.Message(text));

    /// <inheritdoc cref="Cmdlet.WriteVerbose(string)"/>
    public new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.Message(text));

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    public new bool ShouldProcess(string target, string action) =>
        Invocation.Noted(base.ShouldProcess(VisibleText.Message(target), VisibleText.Message(action)));

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string, string)"/>
    public new bool ShouldProcess(string description, string question, string caption) =>
        Invocation.Noted(base.ShouldProcess(VisibleText.Message(description), VisibleText.Message(question), caption));

    /// <inheritdoc cref="Cmdlet.ShouldContinue(string, string)"/>
    public new bool ShouldContinue(string query, string caption) => base.ShouldContinue(VisibleText.Message(query), caption);

    /// <inheritdoc/>
    protected override void BeginProcessing() => Invocation.Begin();

    /// <inheritdoc/>
    protected override void StopProcessing() => Invocation.Stop.Cancel();

    /// <inheritdoc cref="CmdletInvocation.AttemptItem"/>
    private protected void AttemptItem(Action work, string? item = null) => Invocation.AttemptItem(work, item);

    /// <summary>Does the cmdlet's one piece of work; a failure ends the cmdlet.</summary>
    private protected void Attempt(Action work) => Invocation.Attempt(work);

    /// <inheritdoc cref="CmdletInvocation.IsGiven"/>
    private protected bool IsGiven(string parameter) => Invocation.IsGiven(parameter);
}
