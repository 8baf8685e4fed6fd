using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

public sealed class SocketTransportTests
{
    [Fact]
    public async Task Bytes_pass_unchanged_both_ways()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        byte[] all = Pattern(1_000_000);

        Task<byte[]> received = Task.Run(() => server.Receive(all.Length));
        port.Write(all);
        Assert.Equal(all, await received);

        Task sending = Task.Run(() => server.Send(all));
        Assert.Equal(all, port.ReadExactly(all.Length));
        await sending;
    }

    [Fact]
    public void It_has_no_lines_and_no_baud_rate()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        Assert.False(port.Traits.HasModemLines);
        Assert.False(port.Traits.HasBaudRate);
        port.SetModemLines(true, true, None);
        port.SetBaudRate(921600, None);
        Assert.Equal(921600, port.BaudRate);
    }

    [Fact]
    public void An_ipv6_address_stands_in_brackets()
    {
        using var server = new OneClientServer(IPAddress.IPv6Loopback);
        using ISerialTransport port = TransportCatalog.Open($"SOCKET://[::1]:{server.Port}/?logging=debug", None);
        port.Write(5);
        Assert.Equal([5], server.Receive(1));
    }

    [Fact]
    public void A_server_on_localhost_is_found_whatever_address_it_listens_on()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open($"socket://localhost:{server.Port}", None);
        port.Write(5);
        Assert.Equal([5], server.Receive(1));
    }

    [Fact]
    public void A_busy_thread_pool_does_not_keep_it_from_connecting()
    {
        // The pool adds a thread every half second or so: with these in front of it, work waits for minutes.
        const int Hundreds = 500;
        using var server = new OneClientServer();
        using var release = new ManualResetEventSlim();
        using var left = new CountdownEvent(Hundreds);
        for (int i = 0; i < Hundreds; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    release.Wait();
                    left.Signal();
                },
                null);
        }

        try
        {
            using ISerialTransport port = TransportCatalog.Open($"socket://localhost:{server.Port}", None);
            port.Write(5);
            Assert.Equal([5], server.Receive(1));
        }
        finally
        {
            release.Set();
            left.Wait();
        }
    }

    [Fact]
    public void Cancellation_ends_a_read()
    {
        using var server = new OneClientServer();
        using var stop = new CancellationTokenSource();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        AssertEndsEarly(
            () => Assert.ThrowsAny<OperationCanceledException>(() => port.Read(new byte[1], 0, 1, Long, stop.Token)),
            stop.Cancel);
    }

    [Fact]
    public void Cancellation_ends_a_connection_attempt()
    {
        // 192.0.2.0/24 is set aside for documentation (RFC 5737): nothing answers there, not even with a refusal; where
        // the system knows that it has no way there, it says so at once.
        using var stop = new CancellationTokenSource();
        AssertEndsEarly(
            () =>
            {
                Exception? error = Record.Exception(() => TransportCatalog.Open("socket://192.0.2.1:4000", stop.Token));
                Assert.True(error is OperationCanceledException or TransportException { Code: ErrorCode.PortUnreachable }, $"{error}");
            },
            stop.Cancel);
    }

    [Fact]
    public void A_read_without_data_returns_zero()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.FromMilliseconds(60), None));
    }

    [Fact]
    public void A_closing_server_during_a_read_is_a_lost_port()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, server.SocketName, () => port.Read(new byte[1], 0, 1, Long, None)),
            server.HangUp);
    }

    [Fact]
    public void A_closing_server_during_a_write_is_a_lost_port()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        AssertEndsEarly(
            () => AssertFails(ErrorCode.PortLost, server.SocketName, () => port.Write(new byte[100_000_000])),
            server.HangUp);
    }

    [Fact]
    public void A_reopened_port_works_again()
    {
        using var server = new OneClientServer();
        using ISerialTransport port = TransportCatalog.Open(server.SocketName, None);
        server.HangUp();
        server.AcceptNext();
        port.Reopen(None);
        port.Write(5);
        Assert.Equal([5], server.Receive(1));
    }

    [Fact]
    public void Nobody_listening_is_unreachable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"socket://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        AssertFails(ErrorCode.PortUnreachable, name, () => TransportCatalog.Open(name, None));
    }

    [Fact]
    public void An_unknown_host_is_unreachable() =>
        AssertFails(ErrorCode.PortUnreachable, "socket://nowhere.invalid:4000", () => TransportCatalog.Open("socket://nowhere.invalid:4000", None));

    [Theory]
    [InlineData("socket:")]
    [InlineData("socket://")]
    [InlineData("socket://host")]
    [InlineData("socket://host:0")]
    [InlineData("socket://host:70000")]
    [InlineData("socket://::1:4000")]
    [InlineData("socket://host:4000/path")]
    [InlineData("socket://host:4000?speed=fast")]
    public void A_malformed_name_is_refused(string name) =>
        AssertFails(ErrorCode.PortNameInvalid, name, () => TransportCatalog.Open(name, None));
}
