using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Works on devices in parallel, each on its own thread: work on a port is mostly waiting, and a session supports one
/// thread only. A job puts its requests to PowerShell into a queue, which the pipeline's thread empties while it
/// waits here: results as they come, questions one at a time.
/// </summary>
/// <param name="limit">Number of jobs that may run at once.</param>
/// <param name="stop">Cancelled to end them all: by Ctrl-C, or from here when the pipeline breaks off.</param>
internal sealed class DeviceJobs(int limit, CancellationTokenSource stop)
{
    private readonly BlockingCollection<(Action Act, IDisposable? Cargo)> _requests = [];

    // Only the pipeline's thread uses these: the end of a job is a request like any other.
    private readonly Dictionary<string, Thread> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Starts a job, as soon as there is room for one more and no other works on the same port. Call it on the
    /// pipeline's thread, like <see cref="Finish"/> and <see cref="Stop"/>.
    /// </summary>
    /// <param name="portName">The port that it works on.</param>
    /// <param name="work">The work; it gives up when the token of this object's source is cancelled.</param>
    /// <exception cref="OperationCanceledException">Everything was stopped meanwhile.</exception>
    public void Start(string portName, Action work)
    {
        Serve(() => _running.Count < limit && !_running.ContainsKey(portName));
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo language = CultureInfo.CurrentUICulture;
        var thread = new Thread(() =>
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = language;
            Run(portName, work);
        })
        {
            Name = portName,
            IsBackground = true,
        };
        _running.Add(portName, thread);
        thread.Start();
        Serve(() => true);
    }

    /// <summary>Waits until all jobs are done.</summary>
    /// <exception cref="OperationCanceledException">Everything was stopped meanwhile.</exception>
    public void Finish() => Serve(() => _running.Count == 0);

    /// <summary>Ends all jobs, and returns when each has closed its port. Does nothing when none is left.</summary>
    public void Stop()
    {
        if (_running.Count > 0)
        {
            stop.Cancel();
        }

        foreach (Thread thread in _running.Values)
        {
            thread.Join();
        }

        _running.Clear();
        while (_requests.TryTake(out (Action Act, IDisposable? Cargo) request))
        {
            request.Cargo?.Dispose();
        }
    }

    /// <summary>Queues a request for the pipeline's thread and does not wait. For jobs.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cargo">The object to dispose if the request is never carried out: a session that was to be written.</param>
    public void Post(Action request, IDisposable? cargo = null) => _requests.Add((request, cargo));

    /// <summary>Queues a question for the pipeline's thread and waits for the answer. For jobs.</summary>
    /// <exception cref="OperationCanceledException">All jobs were stopped, perhaps by the answer.</exception>
    public T Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>();
        Post(() => answer.SetResult(question()));
        answer.Task.Wait(stop.Token);
        return answer.Task.Result;
    }

    private void Run(string portName, Action work)
    {
        try
        {
            work();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // It was cancelled, and has ended.
        }
        catch (Exception error)
        {
            // Not a failure of a device: a mistake of ours, or the pipeline's end. It is rethrown on the pipeline's thread.
            Post(ExceptionDispatchInfo.Capture(error).Throw);
        }
        finally
        {
            Post(() => _running.Remove(portName));
        }
    }

    // Carries out the requests of jobs: all that are queued, and then new ones until the condition is met.
    private void Serve(Func<bool> isEnough)
    {
        try
        {
            while (true)
            {
                while (_requests.TryTake(out (Action Act, IDisposable? Cargo) request))
                {
                    Do(request);
                }

                if (isEnough())
                {
                    return;
                }

                Do(_requests.Take(stop.Token));
            }
        }
        catch
        {
            // Ctrl-C, a later cmdlet that has enough, -ErrorAction Stop: no job may go on unseen.
            Stop();
            throw;
        }
    }

    private void Do((Action Act, IDisposable? Cargo) request)
    {
        try
        {
            request.Act();
        }
        catch (PipelineStoppedException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C at this moment: no cmdlet has the session. A later cmdlet that has enough ends the pipeline by
            // the same exception, and has it.
            request.Cargo?.Dispose();
            throw;
        }
    }
}
