using System;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Link.Loader;

/// <summary>The time that many requests may take together.</summary>
internal sealed class TimeLimit
{
    private readonly TimeSpan _length;
    private readonly TimeSpan _end;

    /// <param name="clock">The clock of the port.</param>
    /// <param name="length">The time from now on.</param>
    public TimeLimit(IClock clock, TimeSpan length)
    {
        _length = length;
        _end = length > TimeSpan.MaxValue - clock.Now ? TimeSpan.MaxValue : clock.Now + length;
    }

    /// <exception cref="Errors.LoaderException"><see cref="Errors.ErrorCode.ReplyTimeout"/>: the time is over.</exception>
    public void Check(ISerialTransport transport)
    {
        if (transport.Clock.Now > _end)
        {
            throw LoaderErrors.TooLong(transport.PortName, _length);
        }
    }
}
