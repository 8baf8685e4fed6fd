using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// The loader on the chip, ROM or stub: runs requests, and repeats those that are safe to repeat after a lost answer.
/// </summary>
public sealed class LoaderClient : IRegisterAccess
{
    private const int Attempts = 3;

    // Time for a late answer to arrive before the input is cleared, so that it is not taken for the answer to the next request.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(50);

    /// <summary>A client over a channel.</summary>
    public LoaderClient(CommandChannel channel) => Channel = channel;

    /// <summary>The channel that carries the frames.</summary>
    public CommandChannel Channel { get; }

    /// <summary>The loader at the other end.</summary>
    public LoaderDialect Dialect => Channel.Dialect;

    /// <summary>The stub that was started here; null while the ROM runs, and where a stub was running already.</summary>
    public StubImage? Stub { get; internal set; }

    /// <summary>The clock of the port.</summary>
    public IClock Clock => Channel.Transport.Clock;

    /// <summary>Number of requests that were sent again.</summary>
    public int RepeatCount { get; private set; }

    /// <summary>Runs a request and reads its answer.</summary>
    /// <exception cref="LoaderException">The chip refused, did not answer or answered something else.</exception>
    public TReply Execute<TReply>(LoaderQuery<TReply> request, CancellationToken cancellationToken) =>
        Run(request, reply => request.ReadReply(reply, Dialect), cancellationToken);

    /// <summary>Runs a request whose answer only confirms success.</summary>
    /// <exception cref="LoaderException">The chip refused, did not answer or answered something else.</exception>
    public void Execute(LoaderRequest request, CancellationToken cancellationToken) => Run(request, reply => reply, cancellationToken);

    /// <inheritdoc/>
    public uint ReadRegister(uint address, CancellationToken cancellationToken) =>
        Execute(new ReadRegisterRequest { Address = address }, cancellationToken);

    /// <inheritdoc/>
    public void WriteRegister(
        uint address,
        uint value,
        uint mask = uint.MaxValue,
        uint delayAfterMicroseconds = 0,
        CancellationToken cancellationToken = default)
    {
        List<RegisterWrite> writes = [new(address, value, mask, 0)];
        if (delayAfterMicroseconds > 0)
        {
            // The ROM waits after a write and the stub before it: a second entry that changes nothing makes both wait in between.
            writes.Add(new(Dialect.Chip!.Uart.Date, 0, 0, delayAfterMicroseconds));
        }

        Execute(new WriteRegisterRequest { Writes = writes }, cancellationToken);
    }

    /// <summary>Clears the input after a failure, late answers included.</summary>
    public void Recover(CancellationToken cancellationToken)
    {
        Clock.Delay(s_settle, cancellationToken);
        Channel.DiscardInput(cancellationToken);
    }

    // An answer that cannot be read counts as lost, so it is read inside.
    private TResult Run<TResult>(LoaderRequest request, Func<LoaderReply, TResult> read, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                TResult result = read(Channel.Exchange(request, cancellationToken));
                if (attempt > 1)
                {
                    Recover(cancellationToken);
                }

                return result;
            }
            catch (LoaderException error) when (IsWorthRepeating(error) && request.IsRepeatable && attempt < Attempts)
            {
                RepeatCount++;
                Recover(cancellationToken);
            }
            catch (LoaderException)
            {
                Recover(cancellationToken);
                throw;
            }
        }
    }

    // Most requests carry no checksum: a damaged address leads to a refusal of that address.
    private static bool IsWorthRepeating(LoaderException error) => error.IsTransient || error.Code == ErrorCode.CommandRefused;
}
