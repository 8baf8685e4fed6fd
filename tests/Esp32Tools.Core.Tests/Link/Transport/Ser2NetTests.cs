using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Our client against somebody else's server, over a pseudo-terminal.</summary>
public sealed class Ser2NetTests
{
    [Ser2NetFact]
    public async Task Bytes_pass_unchanged_both_ways()
    {
        using var terminal = new PseudoTerminal();
        using var server = new Ser2Net(terminal);
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        byte[] all = Pattern(60_000);

        Task<byte[]> received = Task.Run(() => terminal.Receive(all.Length));
        port.Write(all);
        Assert.Equal(all, await received);

        Task sending = Task.Run(() => terminal.Send(all));
        Assert.Equal(all, port.ReadExactly(all.Length));
        await sending;
    }

    [Ser2NetFact]
    public void Baud_rates_reach_the_driver()
    {
        using var terminal = new PseudoTerminal();
        using var server = new Ser2Net(terminal);
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        foreach (int rate in (int[])[921600, 115200, 460800, 2000000])
        {
            port.SetBaudRate(rate, None);
            port.DiscardInput(None);
            Assert.Equal((uint)rate, terminal.BaudRate);
        }
    }

    [Ser2NetFact]
    public void Lines_and_discarding_work_on_a_port_without_lines()
    {
        using var terminal = new PseudoTerminal();
        using var server = new Ser2Net(terminal);
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        port.SetModemLines(true, false, None);
        terminal.Send(1, 2, 3);
        Assert.Equal([1], port.ReadExactly(1));
        port.DiscardInput(None);
        terminal.Send(4);
        Assert.Equal([4], port.ReadExactly(1));
    }

    [Ser2NetFact]
    public void A_second_client_is_told_that_the_port_is_in_use()
    {
        using var terminal = new PseudoTerminal();
        using var server = new Ser2Net(terminal);
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        AssertFails(ErrorCode.PortInUse, server.Name, () => TransportCatalog.Open(server.Name, None));
    }

    [Ser2NetFact]
    public void Unplugging_the_port_of_the_server_is_a_lost_port()
    {
        using var terminal = new PseudoTerminal();
        using var server = new Ser2Net(terminal);
        using ISerialTransport port = TransportCatalog.Open(server.Name, None);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, server.Name, () => port.Read(new byte[1], 0, 1, Long, None)),
            terminal.Unplug);
    }

    private sealed class Ser2Net : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("esp32tools-ser2net-").FullName;
        private readonly Process _process;

        internal Ser2Net(PseudoTerminal terminal)
        {
            int port = FreePort();
            string settings = Path.Combine(_folder, "ser2net.yaml");
            File.WriteAllText(
                settings,
                $"%YAML 1.1\n---\nconnection: &chip\n  accepter: telnet(rfc2217),tcp,127.0.0.1,{port}\n"
                + $"  connector: serialdev,{terminal.PortName},115200n81,local\n");
            _process = Process.Start(new ProcessStartInfo(Ser2NetFactAttribute.Program!, ["-n", "-d", "-u", "-c", settings])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            Name = $"rfc2217://127.0.0.1:{port}";
            WaitUntilListening(port);
        }

        internal string Name { get; }

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        // Looks at the kernel's table: a trial connection would occupy the port.
        private void WaitUntilListening(int port)
        {
            var patience = Stopwatch.StartNew();
            while (!File.ReadAllText("/proc/net/tcp").Contains($"0100007F:{port:X4} 00000000:0000 0A", StringComparison.Ordinal))
            {
                Assert.False(_process.HasExited, "ser2net ended.");
                Assert.True(patience.Elapsed < Long, "ser2net does not listen.");
                Thread.Sleep(20);
            }
        }
    }
}
