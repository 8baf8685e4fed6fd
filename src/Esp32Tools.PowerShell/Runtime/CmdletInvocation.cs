using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// One call of a cmdlet: Ctrl-C as a <see cref="CancellationToken"/>, failures as error records, its command line and its files.
/// The cmdlet classes share it as a part and not as a base, so that a family of cmdlets has room for a base of its own.
/// </summary>
internal sealed class CmdletInvocation
{
    private readonly PSCmdlet _cmdlet;
    private readonly string _liftingParameter;
    private readonly HashSet<string> _given;
    private readonly bool _isCopy;
    private Confirmation? _confirmation;

    /// <summary>The call of a cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="liftingParameter">The parameter that lifts refusals.</param>
    public CmdletInvocation(PSCmdlet cmdlet, string liftingParameter = "Force")
    {
        _cmdlet = cmdlet;
        _liftingParameter = liftingParameter;
        _given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Stop = new CancellationTokenSource();
        Owner = this;
    }

    private CmdletInvocation(CmdletInvocation original, PSCmdlet copy, bool isSideBySide)
    {
        _cmdlet = copy;
        _liftingParameter = original._liftingParameter;
        _given = original._given;
        _isCopy = true;
        Allowed = original.Allowed;
        _confirmation = original._confirmation;
        Stop = original.Stop;
        Owner = original.Owner;
        IsSideBySide = isSideBySide;
    }

    /// <summary>Cancels all work of the cmdlet.</summary>
    public CancellationTokenSource Stop { get; }

    /// <summary>The runspace of the call: its cmdlets take turns, so they may work on one session together.</summary>
    public object Owner { get; private set; }

    /// <summary>The cmdlet's view of PowerShell.</summary>
    public ICommandRuntime Runtime => _cmdlet.CommandRuntime;

    /// <summary>True in the copy that works on one device among several at once.</summary>
    public bool IsSideBySide { get; }

    /// <summary>The refusals that the command line lifts.</summary>
    public IReadOnlyCollection<ErrorCode> Allowed { get; private set; } = [];

    /// <summary>Paths as this session sees them.</summary>
    public ProviderPaths Paths => _isCopy
        ? throw new InvalidOperationException("Paths are resolved in BeginProcessing.")
        : new ProviderPaths(_cmdlet.SessionState, Stop.Token);

    /// <summary>The call as the copy of the cmdlet for one device sees it.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="sideBySide">The copy's view of PowerShell in parallel work; null when no other device is worked on.</param>
    public CmdletInvocation For(PSCmdlet copy, ICommandRuntime? sideBySide)
    {
        if (sideBySide is not null)
        {
            copy.CommandRuntime = sideBySide;
        }

        return new CmdletInvocation(this, copy, isSideBySide: sideBySide is not null);
    }

    /// <summary>Notes which parameters are on the command line, and reads the ids of the refusals to lift; an unknown one ends the cmdlet.</summary>
    public void Begin()
    {
        Owner = Runspace.DefaultRunspace ?? Owner;
        _given.UnionWith(_cmdlet.MyInvocation.BoundParameters.Keys);
        _confirmation = Confirmation.Of(_cmdlet);
        Attempt(() => Allowed = RefusalIds.Read(_cmdlet, _liftingParameter), isOnlyItem: true, item: null);
    }

    /// <summary>True for a parameter that is on the command line, not one that comes through the pipeline.</summary>
    public bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>Asks before what cannot be undone; Enter alone is No. In place of <c>ShouldProcess</c>.</summary>
    /// <param name="plan">The work, in lines.</param>
    /// <param name="caption">The caption of the question.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ConfirmationImpossible"/></exception>
    public bool MayBurn(string plan, string caption) => _confirmation!.IsGiven(_cmdlet, VisibleText.Message(plan), caption);

    /// <summary>Writes a warning; text in it that a terminal would obey is shown as escapes.</summary>
    public void Warn(string text) => _cmdlet.WriteWarning(VisibleText.Message(text));

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
    public void Attempt(Action work, bool isOnlyItem, string? item)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Esp32Exception error)
        {
            OpenSessions.Notice(error);
            ErrorRecord record = ErrorRecords.From(error, isOnlyItem ? error.Target ?? item : item, _liftingParameter);
            if (isOnlyItem)
            {
                _cmdlet.ThrowTerminatingError(record);
            }

            _cmdlet.WriteError(record);
        }
    }

    /// <summary>Works on the files that paths name, one after the other; a path that fails does not stop the others.</summary>
    /// <param name="paths">The value of -Path.</param>
    /// <param name="literalPaths">The value of -LiteralPath, which counts in its parameter set.</param>
    /// <param name="work">Works on one file; it gets its path in the file system.</param>
    public void ForEachFile(string[] paths, string[] literalPaths, Action<string> work)
    {
        bool isLiteral = _cmdlet.ParameterSetName == FileSource.LiteralPathSet;
        FileSource.Walk(isLiteral ? literalPaths : paths, isLiteral, !_cmdlet.MyInvocation.ExpectingInput, Paths, Attempt, work);
    }
}
