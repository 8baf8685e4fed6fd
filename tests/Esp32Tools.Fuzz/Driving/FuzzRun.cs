using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Esp32Tools.Fuzz.Seeding;

namespace Esp32Tools.Fuzz.Driving;

/// <summary>Inputs for one target, until their number, the time or the patience is over.</summary>
internal sealed class FuzzRun(FuzzTarget target, FuzzOptions options)
{
    private static readonly TimeSpan s_hangLimit = Judge.TimeLimit + Judge.TimeLimit;

    private readonly HashSet<string> _seen = [];
    private volatile byte[]? _current;
    private long _currentStart;
    private int _done;
    private int _failures;

    /// <summary>Runs the target.</summary>
    /// <returns>True when no input broke the contract.</returns>
    public bool Run()
    {
        var watch = Stopwatch.StartNew();
        Exception? broken = null;
        var worker = new Thread(() => broken = Work(watch)) { IsBackground = true };
        worker.Start();
        while (!worker.Join(200))
        {
            if (_current is { } input && Stopwatch.GetElapsedTime(Interlocked.Read(ref _currentStart)) > s_hangLimit)
            {
                // A thread cannot be ended; it is left behind, and the process ends without it.
                Report(input, $"it did not end within {s_hangLimit.TotalSeconds:0} s");
                break;
            }
        }

        if (broken is not null)
        {
            throw new InvalidOperationException($"The target '{target.Name}' does not run: {broken.Message}", broken);
        }

        string verdict = _failures == 0 ? "passed" : "FAILED";
        Console.WriteLine($"{verdict} {target.Name,-18} {_done,9} inputs {watch.Elapsed.TotalSeconds,7:0.0} s");
        return _failures == 0;
    }

    private Exception? Work(Stopwatch watch)
    {
        try
        {
            IReadOnlyList<byte[]> seeds = target.Seeds;
            var mutator = new Mutator(target, seeds, options.Seed);
            Judge.Try(target, (byte[])seeds[0].Clone());
            for (int i = 0; IsWanted(i, seeds.Count, watch.Elapsed) && _failures < FuzzOptions.MostFailures; i++)
            {
                TryOne(mutator.Next(i));
            }

            return null;
        }
        catch (Exception error)
        {
            return error;
        }
        finally
        {
            _current = null;
        }
    }

    private bool IsWanted(int index, int seeds, TimeSpan elapsed) => options.Time is { } time
        ? index < seeds || elapsed < time
        : index < seeds + (options.Iterations ?? target.Iterations);

    private void TryOne(byte[] input)
    {
        // A parser that changes its input must not change the one that is saved.
        byte[] given = (byte[])input.Clone();
        if (options.IsCareful)
        {
            // The end of the process (a stack that overflows, no memory left) leaves the input behind.
            Save(input, "last");
        }

        Interlocked.Exchange(ref _currentStart, Stopwatch.GetTimestamp());
        _current = input;
        string? breach = Judge.Try(target, given);
        _current = null;
        _done++;
        if (breach is not null && _seen.Add(FailurePlace.Of(breach)))
        {
            Report(input, breach);
        }
    }

    private void Report(byte[] input, string breach)
    {
        _failures++;
        string path = Save(input, $"{options.Seed}-{_done}");
        Console.WriteLine($"{target.Name}: {breach}");
        Console.WriteLine($"    again: replay {target.Name} {path}");
    }

    private string Save(byte[] input, string name)
    {
        Directory.CreateDirectory(options.Folder);
        string path = Path.Combine(options.Folder, $"{target.Name}-{name}");
        File.WriteAllBytes(path, input);
        return path;
    }
}
