using System;
using System.Collections.Generic;
using System.Linq;
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
    private LineFile? _logFile;
    private Func<BoardOutcome, object>? _sum;

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
        _logFile = original._logFile;
        Operations = original.Operations;
        TraceFile = original.TraceFile;
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

    /// <summary>Name of the cmdlet.</summary>
    public string Name => _cmdlet.MyInvocation.MyCommand.Name;

    /// <summary>True in the copy that works on one device among several at once.</summary>
    public bool IsSideBySide { get; }

    /// <summary>The file of the command line for traces; null for none.</summary>
    public LineFile? TraceFile { get; private set; }

    /// <summary>The work on the device of this copy; null in the original.</summary>
    public DeviceOperation? Operation { get; private set; }

    /// <summary>The work on all devices, in the order in which they were given; null where results are not summed up.</summary>
    public List<DeviceOperation>? Operations { get; private set; }

    /// <summary>True when the MAC of each device is wanted: the log and a summary name the board and not the port alone.</summary>
    public bool WantsMac => _logFile is not null || Operations is not null;

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
        Attempt(() => Allowed = RefusalIds.Read(_cmdlet, _liftingParameter));
    }

    /// <summary>Opens the files of the command line that take a line for each piece of work; one that cannot be written ends the cmdlet.</summary>
    /// <param name="logPath">The log; null for none.</param>
    /// <param name="traceFile">The trace; null for none.</param>
    public void OpenFiles(string? logPath, string? traceFile) => Attempt(
        () =>
        {
            _logFile = logPath is null ? null : new LineFile(Paths.Resolve(logPath), "log");
            TraceFile = traceFile is null ? null : new LineFile(Paths.Resolve(traceFile), TraceFileWriter.Kind);
        });

    /// <summary>Gives one result for each board in place of all others, at the end of the cmdlet.</summary>
    /// <param name="sum">Makes the result of the work on a board.</param>
    public void SumUp(Func<BoardOutcome, object> sum)
    {
        _sum = sum;
        Operations = [];
    }

    /// <summary>Keeps a result for the sum.</summary>
    /// <returns>False where results are not summed up.</returns>
    public bool Keeps(object result)
    {
        if (Operations is null)
        {
            return false;
        }

        Operation!.Results.Add(result);
        return true;
    }

    /// <summary>Writes the sums, in the order in which the boards were given. A board whose work was declined has none.</summary>
    public void WriteSums()
    {
        foreach (IGrouping<string, DeviceOperation> board in (Operations ?? []).Where(work => work.Failure is not null || !work.IsDeclined).GroupBy(work => work.PortName))
        {
            _cmdlet.WriteObject(_sum!(new BoardOutcome([.. board])));
        }
    }

    /// <summary>Names the device that this copy will work on. For the pipeline's thread, in the order of the devices.</summary>
    public void BeginDevice(string portName)
    {
        Operation = new DeviceOperation(_logFile, Name, portName);
        Operations?.Add(Operation);
    }

    /// <summary>Works on the device of this copy, and writes its line of the log.</summary>
    /// <param name="work">The work.</param>
    public void AttemptDevice(Action work)
    {
        DeviceOperation operation = Operation!;
        bool isDone = false;
        operation.Start();
        try
        {
            AttemptItem(work, operation.PortName);
            isDone = true;
        }
        finally
        {
            operation.End(isStopped: !isDone);
            if (!Stop.IsCancellationRequested)
            {
                _logFile?.Tell(Warn);
            }
        }
    }

    /// <summary>True for a parameter that is on the command line, not one that comes through the pipeline.</summary>
    public bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>Asks before what cannot be undone; Enter alone is No. In place of <c>ShouldProcess</c>.</summary>
    /// <param name="plan">The work, in lines.</param>
    /// <param name="caption">The caption of the question.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ConfirmationImpossible"/></exception>
    public bool MayBurn(string plan, string caption) => Noted(_confirmation!.IsGiven(_cmdlet, VisibleText.Message(plan), caption));

    /// <summary>Notes the answer to a question in the log, and gives it.</summary>
    public bool Noted(bool answer)
    {
        if (!answer)
        {
            Operation?.Decline();
        }

        return answer;
    }

    /// <summary>Writes a warning; text in it that a terminal would obey is shown as escapes.</summary>
    public void Warn(string text) => _cmdlet.WriteWarning(VisibleText.Message(text));

    /// <summary>Does a part of the call itself; a failure that the user can act on ends the cmdlet, with an error record.</summary>
    /// <param name="work">The work.</param>
    public void Attempt(Action work) => Attempt(work, error => _cmdlet.ThrowTerminatingError(ErrorRecords.From(error, target: null, _liftingParameter)));

    /// <summary>
    /// Works on one item: a device, a file. A failure that the user can act on is reported, and the other items go on. It is the
    /// same for one item as for many: the caller chooses by <c>-ErrorAction</c> whether it ends the script.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="item">The target of the error: a port, a path; null for the one that the failure names.</param>
    public void AttemptItem(Action work, string? item) => Attempt(work, error => _cmdlet.WriteError(ErrorRecords.From(error, item, _liftingParameter)));

    private void Attempt(Action work, Action<Esp32Exception> report)
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
            Operation?.Fail(error.Code);
            report(error);
        }
    }

    /// <summary>Works on the files that paths name, one after the other; a path that fails does not stop the others.</summary>
    /// <param name="paths">The value of -Path.</param>
    /// <param name="literalPaths">The value of -LiteralPath, which counts in its parameter set.</param>
    /// <param name="work">Works on one file; it gets its path in the file system.</param>
    public void ForEachFile(string[] paths, string[] literalPaths, Action<string> work)
    {
        bool isLiteral = _cmdlet.ParameterSetName == FileSource.LiteralPathSet;
        FileSource.Walk(isLiteral ? literalPaths : paths, isLiteral, Paths, AttemptItem, work);
    }
}
