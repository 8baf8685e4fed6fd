using System;
using System.Diagnostics;
using Esp32Tools.Errors;

namespace Esp32Tools.Fuzz.Driving;

/// <summary>
/// The contract of every parser: it ends with a result or with an <see cref="Esp32Exception"/>, in a time and in memory
/// that the length of the input bounds.
/// </summary>
internal static class Judge
{
    /// <summary>More than a thousand times as long as an input takes.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private const int BytesForEach = 400;
    private const int LongestMessage = 16 * 1024;

    /// <summary>Runs one input.</summary>
    /// <returns>The breach of the contract; null for none.</returns>
    public static string? Try(FuzzTarget target, byte[] input)
    {
        long limit = target.Allowance + ((long)BytesForEach * input.Length);
        long before = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Esp32Exception error)
        {
            if (string.IsNullOrWhiteSpace(error.Message) || error.Message.Length > LongestMessage)
            {
                return $"{error.Code} has a message of {error.Message.Length} characters";
            }
        }
        catch (Exception error)
        {
            return error.ToString();
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetTotalAllocatedBytes() - before;
        return taken > TimeLimit ? $"it took {taken.TotalSeconds:0.0} s"
            : allocated > limit ? $"it took {allocated} bytes of memory, and {limit} are allowed for {input.Length} bytes of input"
            : null;
    }
}
