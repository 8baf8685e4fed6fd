using System;
using System.Threading.Tasks;
using Xunit;

namespace Esp32Tools.Tests.Shared;

/// <summary>Limits of memory and time for hostile input.</summary>
internal static class Limits
{
    /// <summary>Bytes that an action allocates on this thread; 0 on .NET Framework, which does not count them.</summary>
    public static long AllocatedBy(Action action)
    {
#if NET
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
#else
        action();
        return 0;
#endif
    }

    /// <summary>Fails when an action does not end: a guard, far above the time that it takes.</summary>
    public static void Within(TimeSpan limit, Action action)
    {
        var work = Task.Run(action);
        Assert.True(Task.WhenAny(work, Task.Delay(limit)).GetAwaiter().GetResult() == work, $"It did not end within {limit}.");
        work.GetAwaiter().GetResult();
    }
}
