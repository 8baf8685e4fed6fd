using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// What every cmdlet of this module has: Ctrl-C as a <see cref="CancellationToken"/>, and failures as error records.
/// </summary>
public abstract class Esp32Cmdlet : PSCmdlet
{
    /// <summary>Cancelled when the person presses Ctrl-C or the pipeline is stopped from outside.</summary>
    protected CancellationToken StopToken => Stop.Token;

    /// <summary>What ends all that this cmdlet does.</summary>
    private protected CancellationTokenSource Stop { get; } = new();

    /// <summary>Paths as this session sees them.</summary>
    private protected virtual ProviderPaths Paths => new(SessionState);

    /// <inheritdoc/>
    protected override void StopProcessing() => Stop.Cancel();

    /// <summary>Does one piece of work; a failure that a person can do something about becomes an error record.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isOnlyItem">
    /// True when there is nothing else to do: the failure ends the cmdlet. False when it is one item of many: the
    /// failure is reported and the others go on.
    /// </param>
    /// <param name="item">
    /// What the work is about: a port, a path. It is the target of the error when this is one item of many, and else when
    /// the failure names nothing itself.
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
            ErrorRecord record = ErrorRecords.From(error, isOnlyItem ? error.Target ?? item : item);
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
    private protected void ForEachFile(string[] paths, bool isLiteral, Action<string> work)
    {
        bool isOnlyItem = paths.Length == 1 && !MyInvocation.ExpectingInput;
        foreach (string path in paths)
        {
            IReadOnlyList<string> files = [];
            Attempt(() => files = Paths.ResolveAll(path, isLiteral), isOnlyItem, path);
            foreach (string file in files)
            {
                Attempt(() => work(file), isOnlyItem && files.Count == 1, file);
            }
        }
    }
}
