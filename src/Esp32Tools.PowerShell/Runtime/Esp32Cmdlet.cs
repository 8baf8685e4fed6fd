using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// The base of every cmdlet of this module: Ctrl-C as a <see cref="CancellationToken"/>, and failures as error records.
/// </summary>
public abstract class Esp32Cmdlet : PSCmdlet
{
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private Confirmation? _confirmation;
    private bool _isCopy;

    /// <summary>Cancelled when the user presses Ctrl-C or the pipeline is stopped from outside.</summary>
    protected CancellationToken StopToken => Stop.Token;

    /// <summary>The source that cancels all work of this cmdlet.</summary>
    private protected CancellationTokenSource Stop { get; } = new();

    /// <summary>The parameter that lifts refusals.</summary>
    private protected virtual string LiftingParameter => "Force";

    /// <summary>Paths as this session sees them.</summary>
    private protected ProviderPaths Paths => _isCopy
        ? throw new InvalidOperationException("Paths are resolved in BeginProcessing.")
        : new ProviderPaths(SessionState);

    /// <summary>True in the copy that works on one device among several at once.</summary>
    private protected bool IsSideBySide { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _given.UnionWith(MyInvocation.BoundParameters.Keys);
        _confirmation = Confirmation.Of(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Stop.Cancel();

    /// <summary>Does one piece of work; a failure that the user can act on becomes an error record.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isOnlyItem">
    /// True when there is no other work: the failure ends the cmdlet. False when it is one item of many: the
    /// failure is reported and the others go on.
    /// </param>
    /// <param name="item">
    /// The target of the work: a port, a path. It is the target of the error when this is one item of many, and else when
    /// the failure names none itself.
    /// </param>
    protected void Attempt(Action work, bool isOnlyItem, string? item = null)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Esp32Exception error)
        {
            ErrorRecord record = ErrorRecords.From(error, isOnlyItem ? error.Target ?? item : item, LiftingParameter);
            if (isOnlyItem)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
    }

    /// <summary>Does the cmdlet's one piece of work; a failure ends the cmdlet.</summary>
    protected void Attempt(Action work) => Attempt(work, isOnlyItem: true, item: null);

    /// <summary>Works on the files that paths name, one after the other; a path that fails does not stop the others.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="isLiteral">True when wildcards are plain letters.</param>
    /// <param name="work">Works on one file; it gets its path in the file system.</param>
    private protected void ForEachFile(string[] paths, bool isLiteral, Action<string> work) =>
        FileSource.Walk(paths, isLiteral, !MyInvocation.ExpectingInput, Paths, Attempt, work);

    /// <summary>True for a parameter that is on the command line, not one that comes through the pipeline.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>Asks before what cannot be undone; Enter alone is No. In place of <c>ShouldProcess</c>.</summary>
    /// <param name="plan">The work, in lines.</param>
    /// <param name="caption">The caption of the question.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ConfirmationImpossible"/></exception>
    internal bool MayBurn(string plan, string caption) => _confirmation!.IsGiven(this, plan, caption);

    /// <summary>The copy that works on one device.</summary>
    /// <param name="sideBySide">The copy's view of PowerShell in parallel work; null when no other device is worked on.</param>
    internal Esp32Cmdlet CopyForDevice(ICommandRuntime? sideBySide)
    {
        var copy = (Esp32Cmdlet)MemberwiseClone();
        copy._isCopy = true;
        if (sideBySide is not null)
        {
            copy.IsSideBySide = true;
            copy.CommandRuntime = sideBySide;
        }

        return copy;
    }

    /// <inheritdoc cref="Attempt(Action, bool, string)"/>
    internal void AttemptFor(Action work, bool isOnlyItem, string? item) => Attempt(work, isOnlyItem, item);
}
