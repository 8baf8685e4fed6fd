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
/// Works on devices side by side, each on a thread of its own: work on a port is mostly waiting, and a session knows one
/// thread only. Whatever a job wants of PowerShell it leaves in a queue, which the pipeline's thread empties while it
/// waits here: results as they come, questions one at a time.
/// </summary>
/// <param name="limit">How many jobs run at once.</param>
/// <param name="stop">Cancelled to end them all: by Ctrl-C, or from here when the pipeline breaks off.</param>
internal sealed class DeviceJobs(int limit, CancellationTokenSource stop)
{
    private readonly BlockingCollection<(Action Act, IDisposable? Cargo)> _requests = [];

    // The pipeline's thread alone looks at these: the end of a job is a request like any other.
    private readonly Dictionary<string, Thread> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Starts a job, as soon as there is room for one more and no other works on the same port. To be called on the
    /// pipeline's thread, as are <see cref="Finish"/> and <see cref="Stop"/>.
    /// </summary>
    /// <param name="portName">The port it works on.</param>
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

    /// <summary>Ends all jobs, and comes back when each has closed its port. Where none is left there is nothing to end.</summary>
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

    /// <summary>Has the pipeline's thread do something, some time. To be called by a job.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cargo">What nobody else will close if that is never done: a session that was to be handed out.</param>
    public void Post(Action request, IDisposable? cargo = null) => _requests.Add((request, cargo));

    /// <summary>Has the pipeline's thread find something out, and waits for that. To be called by a job.</summary>
    /// <exception cref="OperationCanceledException">Everything was stopped, perhaps by the answer.</exception>
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
            // It was told to end, and has.
        }
        catch (Exception error)
        {
            // Nothing a device does: a mistake of ours, or the pipeline's end. It goes on where it would go without a thread.
            Post(ExceptionDispatchInfo.Capture(error).Throw);
        }
        finally
        {
            Post(() => _running.Remove(portName));
        }
    }

    // Does what jobs want: all that is there already, and then what comes, until it is enough.
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
            // Ctrl-C, a cmdlet further down that has enough, -ErrorAction Stop: nothing goes on unseen.
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
            // Ctrl-C just now: what was to be handed out reached nobody. A later cmdlet that has enough ends the pipeline by
            // the same exception, and has it.
            request.Cargo?.Dispose();
            throw;
        }
    }
}
