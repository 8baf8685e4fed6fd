using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Steps that the tests of every kind of port share.</summary>
internal static class TransportTesting
{
    /// <summary>A wait nobody wants to sit through: ending well before it shows that something else ended it.</summary>
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    internal static CancellationToken None => CancellationToken.None;

    internal static byte[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)((index * 7) + (index >> 8)))];

    internal static byte[] ReadExactly(this ISerialTransport port, int count)
    {
        byte[] bytes = new byte[count];
        for (int got = 0; got < count;)
        {
            int now = port.Read(bytes, got, count - got, Long, None);
            Assert.True(now > 0, $"Only {got} of {count} bytes came.");
            got += now;
        }

        return bytes;
    }

    internal static void Write(this ISerialTransport port, params byte[] bytes) => port.Write(bytes, 0, bytes.Length, None);

    internal static TransportException AssertFails(ErrorCode code, string port, Action action)
    {
        var error = Assert.Throws<TransportException>(action);
        Assert.Equal(code, error.Code);
        Assert.Equal(port, error.Target);
        Assert.Contains(port, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.True(error.Advice.Length == 0 || error.Advice.EndsWith('.'), error.Advice);
        return error;
    }

    /// <summary>Runs the wait, lets it get under way, pulls the trigger, and expects the wait to end then.</summary>
    internal static void AssertEndsEarly(Action wait, Action trigger)
    {
        var watch = Stopwatch.StartNew();
        Task triggered = Task.Run(() =>
        {
            Thread.Sleep(100);
            trigger();
        });
        wait();
        Assert.True(triggered.Wait(Long));
        Assert.True(watch.Elapsed < Long / 2, $"It took {watch.Elapsed}.");
    }
}
