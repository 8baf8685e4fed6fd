using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Link.Transport.Linux;
using Esp32Tools.Tests.Shared;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

public sealed class LinuxSerialTests
{
    [LinuxFact]
    public async Task Bytes_pass_unchanged_both_ways()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        byte[] all = Pattern(60_000);

        Task<byte[]> received = Task.Run(() => terminal.Receive(all.Length));
        port.Write(all);
        Assert.Equal(all, await received);

        Task sending = Task.Run(() => terminal.Send(all));
        Assert.Equal(all, port.ReadExactly(all.Length));
        await sending;
        Assert.Equal(terminal.PortName, port.PortName);
    }

    [LinuxFact]
    public void A_read_returns_what_is_there_without_waiting_for_more()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        terminal.Send(1, 2, 3);

        byte[] buffer = new byte[10];
        Assert.Equal(3, port.Read(buffer, 4, 6, Long, None));
        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 0, 0, 0], buffer);
    }

    [LinuxFact]
    public void A_read_without_data_returns_zero_when_its_time_is_over()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.FromMilliseconds(120), None));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(119), Long);
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.Zero, None));
    }

    [LinuxFact]
    public void Data_ends_a_wait()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        AssertEndsEarly(() => port.ReadExactly(1), () => terminal.Send(0x55));
    }

    [LinuxFact]
    public void Cancellation_ends_a_read()
    {
        using var terminal = new PseudoTerminal();
        using var stop = new CancellationTokenSource();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Read(new byte[1], 0, 1, Long, stop.Token)),
            stop.Cancel);
    }

    [LinuxFact]
    public void Cancellation_ends_a_write_that_nobody_takes()
    {
        using var terminal = new PseudoTerminal();
        using var stop = new CancellationTokenSource();
        using ISerialTransport port = new LinuxSerialTransport(terminal.PortName, new TransportTraits(), None, Long);
        byte[] much = new byte[1_000_000];
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Write(much, 0, much.Length, stop.Token)),
            stop.Cancel);
    }

    [LinuxFact]
    public void A_write_that_nobody_takes_times_out()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = new LinuxSerialTransport(
            terminal.PortName, new TransportTraits(), None, TimeSpan.FromMilliseconds(150));
        AssertFails(ErrorCode.PortWriteTimeout, terminal.PortName, () => port.Write(new byte[1_000_000]));
    }

    [LinuxFact]
    public void Unplugging_during_a_read_is_a_lost_port()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Read(new byte[1], 0, 1, Long, None)),
            terminal.Unplug);
    }

    [LinuxFact]
    public void Unplugging_during_a_write_is_a_lost_port()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = new LinuxSerialTransport(terminal.PortName, new TransportTraits(), None, Long);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Write(new byte[1_000_000])),
            terminal.Unplug);
    }

    [LinuxFact]
    public void Every_call_on_an_unplugged_port_names_it()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        terminal.Unplug();
        AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Write(1));
        AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.SetBaudRate(921600, None));
        AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.DiscardInput(None));
        AssertFails(ErrorCode.PortNotFound, terminal.PortName, () => port.Reopen(None));
        AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Read(new byte[1], 0, 1, Long, None));
    }

    [LinuxFact]
    public void A_second_opener_is_told_that_the_port_is_in_use()
    {
        using var terminal = new PseudoTerminal();
        using (TransportCatalog.Open(terminal.PortName, None))
        {
            TransportException error = AssertFails(
                ErrorCode.PortInUse, terminal.PortName, () => TransportCatalog.Open(terminal.PortName, None));
            Assert.Contains("in use by another program", error.Message, StringComparison.Ordinal);
            Assert.IsType<Win32Exception>(error.InnerException);
        }

        TransportCatalog.Open(terminal.PortName, None).Dispose();
    }

    [LinuxFact]
    public void A_port_that_does_not_exist_is_not_found()
    {
        TransportException error = AssertFails(
            ErrorCode.PortNotFound, "/dev/ttyNone7", () => TransportCatalog.Open("/dev/ttyNone7", None));
        Assert.NotEmpty(error.Advice);
    }

    [LinuxFact]
    public void A_file_is_no_port()
    {
        string file = Path.GetTempFileName();
        AssertFails(ErrorCode.PortNameInvalid, file, () => TransportCatalog.Open(file, None));
        File.Delete(file);
        AssertFails(ErrorCode.PortNameInvalid, "/tmp", () => TransportCatalog.Open("/tmp", None));
        AssertFails(ErrorCode.PortNameInvalid, "/dev/null", () => TransportCatalog.Open("/dev/null", None));
    }

    [LinuxFact]
    public void Any_baud_rate_reaches_the_driver()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        Assert.Equal(115200u, terminal.BaudRate);
        foreach (int rate in (int[])[74880, 460800, 1843200, 3000000, 300])
        {
            port.SetBaudRate(rate, None);
            Assert.Equal((uint)rate, terminal.BaudRate);
            Assert.Equal(rate, port.BaudRate);
        }

        AssertFails(ErrorCode.PortUnsupported, terminal.PortName, () => port.SetBaudRate(0, None));
    }

    [LinuxFact]
    public void A_port_without_modem_lines_says_so_and_ignores_them()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        Assert.False(port.Traits.HasModemLines);
        port.SetModemLines(true, false, None);
        port.Write(7);
        Assert.Equal([7], terminal.Receive(1));
    }

    [LinuxFact]
    public void Discarded_input_is_not_read()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        terminal.Send(1, 2, 3);
        Assert.Equal([1], port.ReadExactly(1));
        port.DiscardInput(None);
        terminal.Send(4);
        Assert.Equal([4], port.ReadExactly(1));
    }

    [LinuxFact]
    public void A_reopened_port_keeps_its_baud_rate()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        port.SetBaudRate(230400, None);
        port.Reopen(None);
        Assert.Equal(230400u, terminal.BaudRate);
        port.Write(9);
        Assert.Equal([9], terminal.Receive(1));
    }

    [LinuxFact]
    public void A_closed_port_refuses_to_work()
    {
        using var terminal = new PseudoTerminal();
        ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        port.Dispose();
        port.Dispose();
        Assert.Throws<ObjectDisposedException>(() => port.Write(1));
        Assert.Throws<ObjectDisposedException>(() => port.Reopen(None));
    }
}
