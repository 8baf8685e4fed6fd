using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.SerialPort;
using Esp32Tools.Tests.Shared;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>
/// System.IO.Ports over a pseudo-terminal. On Linux nobody would use it, but it is the one place where it can be tried
/// without hardware.
/// </summary>
public sealed class SerialPortTransportTests
{
    [LinuxFact]
    public async Task Bytes_pass_unchanged_both_ways()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        byte[] all = Pattern(60_000);

        Task<byte[]> received = Task.Run(() => terminal.Receive(all.Length));
        port.Write(all);
        Assert.Equal(all, await received);

        Task sending = Task.Run(() => terminal.Send(all));
        Assert.Equal(all, port.ReadExactly(all.Length));
        await sending;
    }

    [LinuxFact]
    public void A_read_without_data_returns_zero()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.FromMilliseconds(120), None));
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.Zero, None));
        terminal.Send(1, 2);
        Assert.Equal([1, 2], port.ReadExactly(2));
    }

    [LinuxFact]
    public void Cancellation_ends_a_read_and_a_write()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        using var stopReading = new CancellationTokenSource();
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Read(new byte[1], 0, 1, Long, stopReading.Token)),
            stopReading.Cancel);

        using var stopWriting = new CancellationTokenSource();
        byte[] much = new byte[1_000_000];
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Write(much, 0, much.Length, stopWriting.Token)),
            stopWriting.Cancel);
    }

    [LinuxFact]
    public void Unplugging_during_a_read_is_a_lost_port()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Read(new byte[1], 0, 1, Long, None)),
            terminal.Unplug);
    }

    [LinuxFact]
    public void Unplugging_during_a_write_is_a_lost_port()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Write(new byte[1_000_000])),
            terminal.Unplug);
    }

    [LinuxFact]
    public void A_lost_port_stays_lost()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        terminal.Unplug();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Read(new byte[1], 0, 1, Long, None));
            AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Read(new byte[1], 0, 1, TimeSpan.Zero, None));
            AssertFails(ErrorCode.PortLost, terminal.PortName, () => port.Write(1));
        }
    }

    // System.IO.Ports itself gives up a byte that it reads in the moment in which its time runs out.
    [LinuxFact]
    public async Task A_byte_that_comes_as_a_wait_ends_is_not_lost()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        byte[] one = new byte[1];
        for (int i = 0; i < 100; i++)
        {
            // From 1 ms before the end of the wait to 1 ms behind it.
            TimeSpan wait = TimeSpan.FromMilliseconds(30);
            var watch = Stopwatch.StartNew();
            TimeSpan moment = wait + TimeSpan.FromMilliseconds((i % 20 / 10.0) - 1);
            Task sending = Task.Run(() =>
            {
                SpinWait.SpinUntil(() => watch.Elapsed >= moment);
                terminal.Send((byte)i);
            });
            int got = port.Read(one, 0, 1, wait, None);
            await sending;
            Assert.Equal([(byte)i], got > 0 ? one : port.ReadExactly(1));
        }
    }

    [LinuxFact]
    public void Rate_lines_and_discarding_work()
    {
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = Open(terminal.PortName);
        port.SetBaudRate(921600, None);
        Assert.Equal(921600u, terminal.BaudRate);
        AssertFails(ErrorCode.PortUnsupported, terminal.PortName, () => port.SetBaudRate(0, None));

        Assert.False(port.Traits.HasModemLines);
        Assert.False(port.Traits.SetsLinesTogether);
        port.SetModemLines(true, false, None);

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
        using ISerialTransport port = Open(terminal.PortName);
        port.SetBaudRate(230400, None);
        port.Reopen(None);
        Assert.Equal(230400u, terminal.BaudRate);
        port.Write(9);
        Assert.Equal([9], terminal.Receive(1));
    }

    [LinuxFact]
    public void A_port_that_does_not_exist_is_told_from_one_that_is_none()
    {
        AssertFails(ErrorCode.PortNotFound, "/dev/ttyNone7", () => Open("/dev/ttyNone7"));
        AssertFails(ErrorCode.PortNameInvalid, "/dev/null", () => Open("/dev/null"));
        AssertFails(ErrorCode.PortNameInvalid, "/tmp", () => Open("/tmp"));
    }

    [Theory]
    [InlineData("COM5", "windows")]
    [InlineData("com12", "windows")]
    [InlineData(@"\\.\COM12", "windows")]
    [InlineData("/dev/cu.usbserial-10", "mac")]
    [InlineData("/dev/ttyUSB0", "mac")]
    [InlineData("socket://COM5:1", "")]
    [InlineData("virtual:COM5", "")]
    [InlineData("COMPORT", "")]
    public void It_takes_the_names_of_its_systems_only(string name, string system)
    {
        string here = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "windows"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "mac" : "linux";
        Assert.Equal(system == here, new SerialPortTransportProvider().Handles(name));
    }

    [LinuxFact]
    public void Registered_on_Linux_it_leaves_the_ports_to_Core()
    {
        SerialPortTransportProvider.Register();
        SerialPortTransportProvider.Register();
        using var terminal = new PseudoTerminal();
        using ISerialTransport port = TransportCatalog.Open(terminal.PortName, None);
        Assert.True(port.Traits.SetsLinesTogether);
        Assert.Equal(TransportCatalog.ListPorts().Select(item => item.PortName).Distinct(), TransportCatalog.ListPorts().Select(item => item.PortName));
    }

    private static ISerialTransport Open(string portName) => new SerialPortTransportProvider().Open(portName, None);
}
