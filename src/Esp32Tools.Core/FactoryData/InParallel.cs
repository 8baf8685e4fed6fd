using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Esp32Tools.FactoryData;

/// <summary>Parallel work whose results come in the order of the items.</summary>
internal static class InParallel
{
    private const int BatchSize = 64;

    /// <summary>Takes items on the calling thread, a few ahead, and processes them in parallel.</summary>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <typeparam name="TResult">Type of the results.</typeparam>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<TResult> Select<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, CancellationToken cancellation)
    {
        List<TItem> batch = [];
        foreach (TItem item in items)
        {
            batch.Add(item);
            if (batch.Count == BatchSize)
            {
                foreach (TResult result in Run(batch, work, cancellation))
                {
                    yield return result;
                }

                batch.Clear();
            }
        }

        foreach (TResult result in Run(batch, work, cancellation))
        {
            yield return result;
        }
    }

    // Results before a failure are returned before it.
    private static IEnumerable<TResult> Run<TItem, TResult>(List<TItem> batch, Func<TItem, TResult> work, CancellationToken cancellation)
    {
        var results = new TResult[batch.Count];
        var failures = new ExceptionDispatchInfo?[batch.Count];
        Parallel.For(0, batch.Count, new ParallelOptions { CancellationToken = cancellation }, (i, loop) =>
        {
            try
            {
                results[i] = work(batch[i]);
            }
            catch (Exception error)
            {
                failures[i] = ExceptionDispatchInfo.Capture(error);
                loop.Break();
            }
        });
        for (int i = 0; i < results.Length; i++)
        {
            failures[i]?.Throw();
            yield return results[i];
        }
    }
}
