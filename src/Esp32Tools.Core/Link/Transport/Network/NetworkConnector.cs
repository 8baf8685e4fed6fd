using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport.Network;

/// <summary>Finds a server and connects to it, within a time limit and until cancelled.</summary>
internal static class NetworkConnector
{
    /// <summary>Tries the addresses of the host one after the other; each gets its share of the time that is left.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnreachable"/>.</exception>
    internal static Socket Connect(NetworkPortName name, TimeSpan limit, CancellationToken cancellationToken)
    {
        IClock clock = SystemClock.Instance;
        TimeSpan end = clock.Now + limit;
        IPAddress[] addresses = Resolve(name, limit, cancellationToken);
        TransportException failure = TransportErrors.Unreachable(name.Text, "the host name has no address");
        for (int index = 0; index < addresses.Length; index++)
        {
            TimeSpan share = TimeSpan.FromTicks(Math.Max(0, (end - clock.Now).Ticks) / (addresses.Length - index));
            try
            {
                return Connect(name, addresses[index], share, cancellationToken);
            }
            catch (TransportException error)
            {
                failure = error;
            }
        }

        throw failure;
    }

    private static IPAddress[] Resolve(NetworkPortName name, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(name.Host, out IPAddress? literal))
        {
            return [literal];
        }

        Task<IPAddress[]> lookup = OnThread(() => Dns.GetHostAddresses(name.Host));
        if (Finish(lookup, limit, cancellationToken))
        {
            return lookup.Exception is null
                ? lookup.Result
                : throw TransportErrors.Unreachable(name.Text, $"the host name '{name.Host}' is not known", lookup.Exception.InnerException);
        }

        throw TransportErrors.Unreachable(name.Text, $"looking up '{name.Host}' took longer than {limit.TotalSeconds:0.#} seconds");
    }

    private static Socket Connect(NetworkPortName name, IPAddress address, TimeSpan limit, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Task attempt = OnThread(() =>
            {
                socket.Connect(address, name.Port);
                return true;
            });
            if (!Finish(attempt, limit, cancellationToken))
            {
                throw TransportErrors.Unreachable(name.Text, $"{address} did not answer");
            }

            if (attempt.Exception?.InnerException is Exception cause)
            {
                throw TransportErrors.Unreachable(name.Text, $"{address} says: {cause.Message.TrimEnd('.')}", cause);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A separate thread: in a process with a busy pool, work on the pool takes longer than the limit.
    private static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // True when the task ended, with or without success; the caller then looks at its exception.
    private static bool Finish(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        // The result of a task that nobody waits for is of no interest.
        task.ContinueWith(ended => _ = ended.Exception, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
        return Task.WaitAny([task], (int)limit.TotalMilliseconds, cancellationToken) == 0;
    }
}
