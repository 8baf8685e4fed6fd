using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport.Linux;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// Waits for ports to be plugged in. A port that was there at the start counts only after it was away and came back.
/// </summary>
public sealed class PortArrivals
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // The system makes the port first and sets its group a moment later (udev). A port that this user may not open
    // at all is reported in the end too: opening it gives the reason.
    private static readonly TimeSpan s_accessLimit = TimeSpan.FromSeconds(2);

    private readonly Func<Esp32Port, bool> _isWanted;
    private readonly Func<IReadOnlyList<Esp32Port>> _list;
    private readonly Func<Esp32Port, bool> _isAccessible;
    private readonly IClock _clock;
    private readonly HashSet<object> _known = [];
    private readonly Dictionary<object, TimeSpan> _new = [];

    /// <summary>Begins the watch: the ports that exist now are known.</summary>
    /// <param name="isWanted">Selects the ports to wait for; others are ignored.</param>
    public PortArrivals(Func<Esp32Port, bool> isWanted)
        : this(isWanted, TransportCatalog.ListPorts, port => LinuxPortAccess.IsGranted(port.PortName), SystemClock.Instance)
    {
    }

    internal PortArrivals(
        Func<Esp32Port, bool> isWanted, Func<IReadOnlyList<Esp32Port>> list, Func<Esp32Port, bool> isAccessible, IClock clock)
    {
        _isWanted = isWanted ?? throw new ArgumentNullException(nameof(isWanted));
        _list = list;
        _isAccessible = isAccessible;
        _clock = clock;
        _known.UnionWith(_list().Select(KeyOf));
    }

    /// <summary>
    /// Waits for the next wanted port that was not there before. It has then been there for two looks and may be
    /// opened, as far as this can be known.
    /// </summary>
    /// <param name="timeout">Time limit; null for none.</param>
    /// <param name="cancellationToken">Ends the wait within 100 ms.</param>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortWaitTimeout"/>: none came in that time.</exception>
    public Esp32Port WaitForNext(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        TimeSpan begin = _clock.Now;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Look() is Esp32Port arrived)
            {
                return arrived;
            }

            if (timeout is TimeSpan limit && _clock.Now - begin >= limit)
            {
                throw new TransportException(
                    ErrorCode.PortWaitTimeout,
                    $"No port that was asked for came in {limit.TotalSeconds:0.###} seconds.",
                    "Check that the cable carries data and that the port was not there already when the wait began.");
            }

            _clock.Delay(s_pause, cancellationToken);
        }
    }

    private Esp32Port? Look()
    {
        Esp32Port[] ports = [.. _list().Where(_isWanted)];
        HashSet<object> there = [.. ports.Select(KeyOf)];
        _known.IntersectWith(there);
        foreach (object gone in _new.Keys.Where(key => !there.Contains(key)).ToArray())
        {
            _new.Remove(gone);
        }

        foreach (Esp32Port port in ports)
        {
            object key = KeyOf(port);
            if (_known.Contains(key))
            {
                continue;
            }

            // The second look: by then the other ports of the same adapter are there too, and its place is certain.
            if (!_new.TryGetValue(key, out TimeSpan since))
            {
                _new.Add(key, _clock.Now);
            }
            else if (_isAccessible(port) || _clock.Now - since >= s_accessLimit)
            {
                _new.Remove(key);
                _known.Add(key);
                return port;
            }
        }

        return null;
    }

    // Without the place: that of an adapter's first port changes as its second one appears.
    private static object KeyOf(Esp32Port port) => (port.PortName, port.VendorId, port.ProductId, port.SerialNumber);
}
