using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Waiting for boards, over lists that change from look to look and in a time that costs nothing.</summary>
public sealed class PortArrivalsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Timetable _ports = new();

    [Fact]
    public void What_is_there_already_is_not_waited_for()
    {
        _ports.Plug("A", from: 0);
        _ports.Plug("B", from: 5);
        Assert.Equal("B", Watch().WaitForNext(s_minute, CancellationToken.None).PortName);
        Assert.InRange(_ports.Now.TotalSeconds, 5, 5.5);
    }

    [Fact]
    public void A_port_that_was_away_counts_when_it_is_back()
    {
        _ports.Plug("A", from: 0, until: 3);
        _ports.Plug("A", from: 4);
        Assert.Equal("A", Watch().WaitForNext(s_minute, CancellationToken.None).PortName);
        Assert.InRange(_ports.Now.TotalSeconds, 4, 4.5);
    }

    [Fact]
    public void Another_adapter_under_the_same_name_counts()
    {
        _ports.Plug("A", from: 0, until: 3, serialNumber: "1");
        _ports.Plug("A", from: 3, serialNumber: "2");
        Assert.Equal("2", Watch().WaitForNext(s_minute, CancellationToken.None).SerialNumber);
    }

    [Fact]
    public void Boards_plugged_in_together_are_given_one_by_one_and_none_twice()
    {
        PortArrivals watch = Watch();
        _ports.Plug("A", from: 1);
        _ports.Plug("B", from: 1);
        Assert.Equal("A", watch.WaitForNext(s_minute, CancellationToken.None).PortName);
        Assert.Equal("B", watch.WaitForNext(s_minute, CancellationToken.None).PortName);
        AssertTimesOut(watch);
    }

    [Fact]
    public void A_board_plugged_in_between_two_waits_is_not_missed()
    {
        PortArrivals watch = Watch();
        _ports.Plug("A", from: 1);
        _ports.Plug("B", from: 5);
        Assert.Equal("A", watch.WaitForNext(s_minute, CancellationToken.None).PortName);
        _ports.Delay(TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal("B", watch.WaitForNext(s_minute, CancellationToken.None).PortName);
    }

    [Fact]
    public void Others_come_unnoticed()
    {
        _ports.Plug("X", from: 1);
        AssertTimesOut(Watch(port => port.PortName == "A"));
    }

    [Fact]
    public void A_port_is_given_once_the_user_may_open_it()
    {
        _ports.Plug("A", from: 1);
        Assert.Equal("A", Watch(isAccessible: () => _ports.Now.TotalSeconds > 2).WaitForNext(s_minute, CancellationToken.None).PortName);
        Assert.InRange(_ports.Now.TotalSeconds, 2, 2.5);
    }

    [Fact]
    public void A_port_that_stays_closed_to_the_user_is_given_in_the_end()
    {
        _ports.Plug("A", from: 1);
        Assert.Equal("A", Watch(isAccessible: () => false).WaitForNext(s_minute, CancellationToken.None).PortName);
        Assert.InRange(_ports.Now.TotalSeconds, 3, 3.5);
    }

    [Fact]
    public void The_place_of_an_adapter_is_certain_by_the_time_it_is_given()
    {
        _ports.Plug("A", from: 1, until: 1.05, place: "2-1");
        _ports.Plug("A", from: 1.05, place: "2-1:1.0");
        Assert.Equal("2-1:1.0", Watch().WaitForNext(s_minute, CancellationToken.None).LocationPath);
    }

    [Fact]
    public void A_cancelled_wait_ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Watch().WaitForNext(null, stop.Token));
    }

    private static void AssertTimesOut(PortArrivals watch)
    {
        TransportException error = Assert.Throws<TransportException>(() => watch.WaitForNext(s_minute, CancellationToken.None));
        Assert.Equal(ErrorCode.PortWaitTimeout, error.Code);
        Assert.Contains("60 seconds", error.Message);
    }

    private PortArrivals Watch(Func<Esp32Port, bool>? isWanted = null, Func<bool>? isAccessible = null) =>
        new(isWanted ?? (_ => true), _ports.List, _ => isAccessible?.Invoke() ?? true, _ports);

    /// <summary>Who is plugged in when.</summary>
    private sealed class Timetable : IClock
    {
        private readonly List<(Esp32Port Port, double From, double Until)> _stays = [];

        public TimeSpan Now { get; private set; }

        public void Plug(string name, double from, double until = double.MaxValue, string serialNumber = "", string place = "") =>
            _stays.Add((new Esp32Port { PortName = name, SerialNumber = serialNumber, LocationPath = place }, from, until));

        public IReadOnlyList<Esp32Port> List() =>
            [.. _stays.FindAll(stay => stay.From <= Now.TotalSeconds && Now.TotalSeconds < stay.Until).ConvertAll(stay => stay.Port)];

        public void Delay(TimeSpan duration, CancellationToken cancellationToken) => Now += duration;
    }
}
