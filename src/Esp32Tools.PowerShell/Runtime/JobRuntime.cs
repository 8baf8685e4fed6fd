using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// A job's view of PowerShell: all calls go to the pipeline's thread, which alone may use PowerShell. Output is not
/// waited for; a question is.
/// </summary>
/// <param name="runtime">The real one.</param>
/// <param name="jobs">The way to the pipeline's thread.</param>
/// <param name="portName">The port that the job works on; it is put before texts that do not name it.</param>
internal sealed class JobRuntime(ICommandRuntime runtime, DeviceJobs jobs, string portName) : ICommandRuntime2
{
    private readonly object _gate = new();

    // The record that is not shown yet. A newer one replaces it, so that a slow screen delays no job.
    private ProgressRecord? _progress;

    /// <summary>Id of the job's one bar, which is there from the beginning of the job to its end.</summary>
    public required int ActivityId { get; init; }

    /// <summary>Id of the bar above it.</summary>
    public required int ParentActivityId { get; init; }

    /// <inheritdoc/>
    public PSHost Host => runtime.Host;

    /// <inheritdoc/>
    public PSTransactionContext CurrentPSTransaction => runtime.CurrentPSTransaction;

    /// <inheritdoc/>
    public bool TransactionAvailable() => runtime.TransactionAvailable();

    /// <summary>Puts a question to the pipeline's thread and waits for the answer.</summary>
    /// <exception cref="OperationCanceledException">All jobs were stopped, perhaps by the answer.</exception>
    public T Ask<T>(Func<T> question) => jobs.Ask(question);

    /// <summary>Writes an object and waits until the pipeline has it.</summary>
    /// <exception cref="OperationCanceledException">All jobs were stopped.</exception>
    public void WriteObjectNow(object sendToPipeline) => Ask(() =>
    {
        runtime.WriteObject(sendToPipeline);
        return true;
    });

    /// <inheritdoc/>
    public void WriteObject(object sendToPipeline) =>
        jobs.Post(() => runtime.WriteObject(sendToPipeline), sendToPipeline as IDisposable);

    /// <inheritdoc/>
    public void WriteObject(object sendToPipeline, bool enumerateCollection) =>
        jobs.Post(() => runtime.WriteObject(sendToPipeline, enumerateCollection));

    /// <inheritdoc/>
    public void WriteError(ErrorRecord errorRecord) => jobs.Post(() => runtime.WriteError(errorRecord));

    /// <inheritdoc/>
    public void WriteWarning(string text) => jobs.Post(() => runtime.WriteWarning(Named(text)));

    /// <inheritdoc/>
    public void WriteVerbose(string text) => jobs.Post(() => runtime.WriteVerbose(Named(text)));

    /// <inheritdoc/>
    public void WriteDebug(string text) => jobs.Post(() => runtime.WriteDebug(Named(text)));

    /// <inheritdoc/>
    public void WriteCommandDetail(string text) => jobs.Post(() => runtime.WriteCommandDetail(Named(text)));

    /// <inheritdoc/>
    public void WriteInformation(InformationRecord informationRecord)
    {
        if (runtime is ICommandRuntime2 newer)
        {
            jobs.Post(() => newer.WriteInformation(informationRecord));
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord progressRecord)
    {
        // The bar stays between two operations of the job, so that the boards keep their places.
        if (progressRecord.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        var record = new ProgressRecord(ActivityId, progressRecord.Activity, progressRecord.StatusDescription)
        {
            ParentActivityId = ParentActivityId,
            PercentComplete = progressRecord.PercentComplete,
            SecondsRemaining = progressRecord.SecondsRemaining,
        };
        bool isWaiting;
        lock (_gate)
        {
            isWaiting = _progress is not null;
            _progress = record;
        }

        if (!isWaiting)
        {
            jobs.Post(() => runtime.WriteProgress(TakeProgress()));
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(long sourceId, ProgressRecord progressRecord) =>
        jobs.Post(() => runtime.WriteProgress(sourceId, progressRecord));

    /// <inheritdoc/>
    public bool ShouldProcess(string target) => jobs.Ask(() => runtime.ShouldProcess(target));

    /// <inheritdoc/>
    public bool ShouldProcess(string target, string action) => jobs.Ask(() => runtime.ShouldProcess(target, action));

    /// <inheritdoc/>
    public bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        jobs.Ask(() => runtime.ShouldProcess(verboseDescription, verboseWarning, caption));

    /// <inheritdoc/>
    public bool ShouldProcess(
        string verboseDescription, string verboseWarning, string caption, out ShouldProcessReason shouldProcessReason)
    {
        (bool should, shouldProcessReason) = jobs.Ask(() =>
        {
            bool answer = runtime.ShouldProcess(verboseDescription, verboseWarning, caption, out ShouldProcessReason reason);
            return (answer, reason);
        });
        return should;
    }

    /// <inheritdoc/>
    public bool ShouldContinue(string query, string caption) => jobs.Ask(() => runtime.ShouldContinue(query, caption));

    /// <inheritdoc/>
    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        (bool yes, bool no) = (yesToAll, noToAll);
        (bool should, yesToAll, noToAll) = jobs.Ask(() => (runtime.ShouldContinue(query, caption, ref yes, ref no), yes, no));
        return should;
    }

    /// <inheritdoc/>
    public bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
    {
        if (runtime is not ICommandRuntime2 newer)
        {
            return ShouldContinue(query, caption, ref yesToAll, ref noToAll);
        }

        (bool yes, bool no) = (yesToAll, noToAll);
        (bool should, yesToAll, noToAll) = jobs.Ask(
            () => (newer.ShouldContinue(query, caption, hasSecurityImpact, ref yes, ref no), yes, no));
        return should;
    }

    /// <inheritdoc/>
    public void ThrowTerminatingError(ErrorRecord errorRecord) => throw new InvalidOperationException(
        "One device of many cannot end the cmdlet.", errorRecord.Exception);

    private ProgressRecord TakeProgress()
    {
        lock (_gate)
        {
            ProgressRecord latest = _progress!;
            _progress = null;
            return latest;
        }
    }

    private string Named(string text) =>
        text.IndexOf(portName, StringComparison.OrdinalIgnoreCase) >= 0 ? text : $"{portName}: {text}";
}
